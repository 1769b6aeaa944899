# SPDX-License-Identifier: BSD-2-Clause
"""What the server under test serves: files, a configuration, a certificate."""
import hashlib
import os
import subprocess

SIZES = {"10k": 10 << 10, "100k": 100 << 10, "1m": 1 << 20, "10m": 10 << 20}
HUGE = {"100m": 100 << 20}

CONF = """daemon off;
master_process off;
error_log stderr notice;
pid /tmp/nginx.pid;
events {
	worker_connections %(connections)d;
}
http {
	types { text/plain txt; text/html html; }
	default_type application/octet-stream;
	access_log off;
	sendfile on;
	tcp_nopush on;
	gzip on;
	gzip_types text/plain;
	keepalive_requests 1000000;
	# Idle clients are held for as long as the test wants.
	keepalive_timeout 3600;
	client_header_timeout 3600;
	send_timeout 3600;
	reset_timedout_connection on;
	server {
		listen 80 backlog=1024;
		listen [::]:80 backlog=1024;
%(tls)s
		root /srv;
		index index.html;
		location = /status { stub_status; }
	}
}
"""
TLS = """		listen 443 ssl http2;
		listen [::]:443 ssl http2;
		ssl_certificate /etc/nginx/cert.pem;
		ssl_certificate_key /etc/nginx/key.pem;
"""


def write(directory, names):
    """The files, the same in each run; as many bytes as their names say."""
    os.makedirs(directory, exist_ok=True)
    for name in names:
        size = (SIZES | HUGE)[name]
        with open(os.path.join(directory, name), "wb") as f:
            f.write(hashlib.shake_128(name.encode()).digest(size))
    with open(os.path.join(directory, "text.txt"), "w") as f:
        f.write(hashlib.shake_128(b"text").hexdigest(50000))
    with open(os.path.join(directory, "index.html"), "wb") as f:
        f.write(b"<!doctype html><title>Posixen</title>\n".ljust(611) + b"\n")


def configuration(path, connections, tls):
    with open(path, "w") as f:
        f.write(CONF % {"connections": connections,
                        "tls": TLS if tls else ""})


def certificate(openssl, directory):
    """A key and a certificate for it that nobody else has signed."""
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt",
         "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=guest.lab",
         "-days", "30", "-config", "/dev/null",
         "-keyout", os.path.join(directory, "key.pem"),
         "-out", os.path.join(directory, "cert.pem")],
        check=True, capture_output=True)
