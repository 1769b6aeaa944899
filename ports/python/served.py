# SPDX-License-Identifier: BSD-2-Clause
"""The program that the check web starts in the guest: the folder /srv by
http.server, and by ssl too; what is sent by POST comes back as its SHA-256."""
import hashlib
import http.server
import json
import ssl
import threading


class Handler(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *args):
        super().__init__(*args, directory="/srv")

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = json.dumps({"sha256": hashlib.sha256(body).hexdigest(),
                             "client": self.client_address[0]}).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


def serve(port, context=None):
    server = http.server.ThreadingHTTPServer(("", port), Handler)
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()


tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
tls.load_cert_chain("/etc/cert.pem", "/etc/key.pem")
threading.Thread(target=serve, args=(443, tls), daemon=True).start()
print("serving", flush=True)
serve(80)
