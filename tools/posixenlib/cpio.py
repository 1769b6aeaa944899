# SPDX-License-Identifier: BSD-2-Clause
"""newc cpio archives: what the guest unpacks over its root directory.

The format is that of the Linux kernel's initramfs (buffer-format.rst): a
110-byte header of hexadecimal fields, the name, the data, each padded to four.
"""

import os
import stat

_ino = 0


def _pad(f):
    f.write(b"\0" * (-f.tell() % 4))


def add_entry(f, name, mode, data=b"", mtime=0, uid=0, gid=0, nlink=1,
              rdev=0, ino=None):
    global _ino
    if ino is None:
        _ino += 1
        ino = _ino
    raw = name.encode(errors="surrogateescape") + b"\0"
    fields = [ino, mode, uid, gid, nlink, mtime, len(data), 0, 0,
              os.major(rdev), os.minor(rdev), len(raw), 0]
    f.write(b"070701" + b"".join(b"%08x" % v for v in fields) + raw)
    _pad(f)
    f.write(data)
    _pad(f)


def add_file(f, name, path):
    """Put the file at path into the archive as name, with its folders."""
    parts = name.strip("/").split("/")
    for i in range(1, len(parts)):
        add_entry(f, "/".join(parts[:i]), stat.S_IFDIR | 0o755, nlink=2)
    st = os.stat(path)
    with open(path, "rb") as src:
        add_entry(f, "/".join(parts), stat.S_IFREG | stat.S_IMODE(st.st_mode),
                  src.read(), int(st.st_mtime))


def add_tree(f, top):
    """Everything below top, owned by root as a built image's files are."""
    seen = {}
    for folder, dirs, files in os.walk(top):
        dirs.sort()
        for name in sorted(dirs + files):
            path = os.path.join(folder, name)
            rel = os.path.relpath(path, top)
            st = os.lstat(path)
            if stat.S_ISLNK(st.st_mode):
                data = os.readlink(path).encode(errors="surrogateescape")
            elif stat.S_ISREG(st.st_mode):
                with open(path, "rb") as src:
                    data = src.read()
            else:
                data = b""
            ino, nlink = None, 1
            if stat.S_ISREG(st.st_mode) and st.st_nlink > 1:
                # Later names of one file carry no data of their own.
                key = (st.st_dev, st.st_ino)
                if key in seen:
                    ino, data = seen[key], b""
                else:
                    seen[key] = ino = 0x40000000 + len(seen)
                nlink = st.st_nlink
            add_entry(f, rel, st.st_mode, data, int(st.st_mtime), nlink=nlink,
                      rdev=st.st_rdev, ino=ino)



def finish(f):
    add_entry(f, "TRAILER!!!", 0, ino=0)
    f.write(b"\0" * (-f.tell() % 512))
