# SPDX-License-Identifier: BSD-2-Clause
"""server.py ADDRESS FOLDER: what curl's test asks, by HTTP and by HTTPS with
cert.pem and key.pem of FOLDER. Prints both ports; ends with its input."""
import base64
import gzip
import hashlib
import http.server
import os
import re
import ssl
import sys
import threading

BIG = b"".join(hashlib.sha256(b"%d" % i).digest() for i in range(1 << 17))
AUTHORIZED = "Basic " + base64.b64encode(b"user:secret").decode()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        # The same for whoever asks.
        return "Sat, 01 Jan 2000 00:00:00 GMT"

    def answer(self, status, body, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        if self.path == "/big":
            m = re.fullmatch(r"bytes=(\d+)-(\d+)",
                             self.headers.get("Range", ""))
            if m:
                a, b = int(m[1]), int(m[2])
                self.answer(206, BIG[a:b + 1], ("Content-Range",
                            f"bytes {a}-{b}/{len(BIG)}"))
            else:
                self.answer(200, BIG)
        elif self.path == "/redirect":
            self.answer(302, b"", ("Location", "/cookie"),
                        ("Set-Cookie", "taste=sweet"))
        elif self.path == "/cookie":
            self.answer(200, b"cookie: %s\n" %
                        self.headers.get("Cookie", "none").encode())
        elif self.path == "/gzip":
            self.answer(200, gzip.compress(b"zipped " * 1000, mtime=0),
                        ("Content-Encoding", "gzip"))
        elif self.path == "/secret":
            good = self.headers.get("Authorization") == AUTHORIZED
            self.answer(200 if good else 401, b"known\n" if good else b"who?\n",
                        ("WWW-Authenticate", "Basic realm=x"))
        elif self.path == "/chunks":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for i in range(1, 200):
                self.wfile.write(b"%x\r\n%s\r\n" % (i, b"c" * i))
            self.wfile.write(b"0\r\n\r\n")
        elif self.path == "/cut":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b"half")
            self.close_connection = True
        else:
            self.answer(404, b"nothing\n")

    do_HEAD = do_GET

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        kind = self.headers.get("Content-Type", "").split(";")[0]
        if kind == "multipart/form-data":
            # Its boundaries are made by chance.
            body = b"\n".join(line for line in body.split(b"\r\n")
                              if not line.startswith(b"--"))
        self.answer(200, b"%s %s %d %s\n" % (
            self.command.encode(), kind.encode(), len(body),
            hashlib.sha256(body).hexdigest().encode()))

    do_PUT = do_POST


def main(address, folder):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(os.path.join(folder, "cert.pem"),
                            os.path.join(folder, "key.pem"))
    ports = []
    for secure in (False, True):
        server = http.server.ThreadingHTTPServer((address, 0), Handler)
        server.daemon_threads = True
        if secure:
            server.socket = context.wrap_socket(server.socket,
                                                server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        ports.append(server.server_address[1])
    print(*ports, flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main(*sys.argv[1:])
