"""A pod's HTTP server on both families: says which pod answered, and whom it saw. Arguments: PORT POD NODE."""

import socket
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

port, pod, node = int(sys.argv[1]), sys.argv[2], sys.argv[3]


class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        client = self.client_address[0].removeprefix("::ffff:")
        text = f"hello from {pod} on {node}, you are {client}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, format, *args):
        pass


class DualStackServer(ThreadingHTTPServer):
    address_family = socket.AF_INET6

    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


DualStackServer(("::", port), Answer).serve_forever()
