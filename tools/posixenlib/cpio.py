# SPDX-License-Identifier: BSD-2-Clause
"""Write cpio archives in the "newc" form, which Linux and Posixen unpack.

The format is in Linux's Documentation/driver-api/early-userspace/
buffer-format.rst: a header of hexadecimal fields, the name, the content, each
padded to four bytes. Archives may be concatenated; owner is root throughout.
"""
import os
import stat


class Cpio:
    """An archive written to a binary file as its entries are added."""

    def __init__(self, out, mtime=0):
        self.out = out
        self.mtime = mtime
        self.inode = 0
        self.dirs = set()
        self.links = {}

    def _pad(self, n):
        self.out.write(b"\0" * (-n % 4))

    def _entry(self, name, mode, size, mtime=None, rdev=(0, 0), nlink=1,
               inode=None):
        if inode is None:
            self.inode += 1
            inode = self.inode
        raw = name.encode("utf-8", "surrogateescape") + b"\0"
        fields = (inode, mode, 0, 0, nlink,
                  self.mtime if mtime is None else mtime, size, 0, 0,
                  rdev[0], rdev[1], len(raw), 0)
        self.out.write(b"070701" + b"".join(b"%08x" % (f & 0xffffffff)
                                            for f in fields))
        self.out.write(raw)
        self._pad(110 + len(raw))

    def parents(self, path):
        """Add the directories above path that the archive does not have."""
        parts = path.strip("/").split("/")[:-1]
        for i in range(1, len(parts) + 1):
            self.add_dir("/".join(parts[:i]))

    def add_dir(self, path, mode=0o755, mtime=None):
        path = path.strip("/")
        if path and path not in self.dirs:
            self.parents(path)
            self.dirs.add(path)
            self._entry(path, stat.S_IFDIR | mode, 0, mtime, nlink=2)

    def add_symlink(self, path, target, mtime=None):
        self.parents(path)
        raw = os.fsencode(target)
        self._entry(path.strip("/"), stat.S_IFLNK | 0o777, len(raw), mtime)
        self.out.write(raw)
        self._pad(len(raw))

    def add_node(self, path, mode, major, minor):
        self.parents(path)
        self._entry(path.strip("/"), mode, 0, rdev=(major, minor))

    def add_bytes(self, path, data, mode=0o644, mtime=None):
        self.parents(path)
        self._entry(path.strip("/"), stat.S_IFREG | mode, len(data), mtime)
        self.out.write(data)
        self._pad(len(data))

    def add_file(self, path, source, mode=None):
        """Add the host's file source; its mode and time unless mode is set."""
        self.parents(path)
        with open(source, "rb") as f:
            st = os.fstat(f.fileno())
            if st.st_size > 0xffffffff:
                raise ValueError(f"{source}: larger than the 4 GB that a "
                                 f"cpio archive can hold")
            # Further names of a file that is in already carry no data.
            known = self.links.get((st.st_dev, st.st_ino))
            left = 0 if known else st.st_size
            self._entry(path.strip("/"),
                        stat.S_IFREG | (st.st_mode & 0o7777 if mode is None
                                        else mode),
                        left, int(st.st_mtime), nlink=st.st_nlink,
                        inode=known)
            if st.st_nlink > 1 and not known:
                self.links[st.st_dev, st.st_ino] = self.inode
            size = left
            while left > 0:
                data = f.read(min(left, 1 << 20))
                if not data:
                    raise ValueError(f"{source}: became shorter meanwhile")
                self.out.write(data)
                left -= len(data)
            self._pad(size)

    def add_tree(self, source, prefix=""):
        """Add what lies below the host's directory source, in name order."""
        for name in sorted(os.listdir(source)):
            path = os.path.join(source, name)
            inside = f"{prefix}/{name}".strip("/")
            st = os.lstat(path)
            if stat.S_ISDIR(st.st_mode):
                self.add_dir(inside, st.st_mode & 0o7777, int(st.st_mtime))
                self.add_tree(path, inside)
            elif stat.S_ISLNK(st.st_mode):
                self.add_symlink(inside, os.readlink(path), int(st.st_mtime))
            elif stat.S_ISREG(st.st_mode):
                self.add_file(inside, path)
            elif stat.S_ISCHR(st.st_mode) or stat.S_ISBLK(st.st_mode):
                self.add_node(inside, st.st_mode, os.major(st.st_rdev),
                              os.minor(st.st_rdev))
            elif stat.S_ISFIFO(st.st_mode):
                self.add_node(inside, st.st_mode, 0, 0)

    def close(self):
        """Write the end mark and pad to a whole number of 512-byte blocks."""
        self._entry("TRAILER!!!", 0, 0, inode=0)
        self.out.write(b"\0" * (-self.out.tell() % 512))
