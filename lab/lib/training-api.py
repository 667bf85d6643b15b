"""Just enough of an API server for lab/train: empty lists, one node, one pool and one Service; what is written comes back.

Arguments: PORT. Watches are kept open, over WebSocket as the client asks for them, and tell of nothing.
"""

import base64
import hashlib
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

NAMES = {
    "namespaces": "default",
    "services": "web",
    "ipaddresspools": "lan",
    "nodes": "n1",
    "pods": "twinstack-0",
    "servicecidrs": "kubernetes",
}
SPECS = {
    "services": {
        "type": "LoadBalancer",
        "clusterIP": "10.0.0.9",
        "clusterIPs": ["10.0.0.9"],
        "ipFamilies": ["IPv4"],
        "ipFamilyPolicy": "SingleStack",
        "ports": [{"port": 80, "protocol": "TCP"}],
    },
    "ipaddresspools": {"addresses": ["192.0.2.0/24"]},
    "servicecidrs": {"cidrs": ["10.0.0.0/24"]},
    "pods": {"nodeName": "n1", "containers": []},
}
STATUSES = {"nodes": {"addresses": [{"type": "InternalIP", "address": "127.0.0.1"}]}}
kept = {}


def kind_of(resource):
    known = {"ipaddresspools": "IPAddressPool", "endpointslices": "EndpointSlice", "servicecidrs": "ServiceCIDR"}
    return known.get(resource, resource.rstrip("s").capitalize())


def version_of(path):
    parts = path.strip("/").split("/")
    return parts[1] if parts[0] == "api" else "/".join(parts[1:3])


def example(resource, version, name):
    metadata = {"name": name, "resourceVersion": "1", "uid": "u", "creationTimestamp": "2026-01-01T00:00:00Z"}
    if resource in ("services", "ipaddresspools", "pods"):
        metadata["namespace"] = "metallb-system" if resource == "ipaddresspools" else "default"
    return {
        "apiVersion": version,
        "kind": kind_of(resource),
        "metadata": metadata,
        "spec": SPECS.get(resource, {}),
        "status": STATUSES.get(resource, {}),
    }


class Api(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, body, code=200):
        text = json.dumps(body).encode()
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def watch(self):
        key = self.headers["Sec-WebSocket-Key"].encode() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        self.send_response(101)
        self.send_header("Upgrade", "websocket")
        self.send_header("Connection", "Upgrade")
        self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key).digest()).decode())
        self.end_headers()
        time.sleep(600)

    def do_GET(self):
        url = urlsplit(self.path)
        parts = url.path.strip("/").split("/")
        if "watch" in parse_qs(url.query) and "Sec-WebSocket-Key" in self.headers:
            return self.watch()
        if url.path == "/version":
            return self.answer({"major": "1", "minor": "35", "gitVersion": "v1.35.0"})
        if url.path in kept:
            return self.answer(kept[url.path])
        resource, name = parts[-1], None
        if len(parts) >= 2 and parts[-2] in NAMES and parts[-1] == NAMES[parts[-2]]:
            resource, name = parts[-2], parts[-1]
            return self.answer(example(resource, version_of(url.path), name))
        if not resource.endswith("s"):
            missing = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
            return self.answer(missing, 404)
        version = version_of(url.path)
        items = [example(resource, version, NAMES[resource])] if resource in NAMES else []
        listed = {"kind": kind_of(resource) + "List", "apiVersion": version, "metadata": {"resourceVersion": "1"}, "items": items}
        return self.answer(listed)

    def write(self):
        body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))) or "{}")
        path = urlsplit(self.path).path.removesuffix("/status")
        if isinstance(body, list):  # a JSON patch
            body = kept.get(path, {})
        metadata = body.setdefault("metadata", {})
        metadata.setdefault("uid", "u")
        metadata["resourceVersion"] = str(int(metadata.get("resourceVersion") or 1) + 1)
        name = metadata.setdefault("name", "generated")
        kept[path if path.endswith("/" + name) else path + "/" + name] = body
        self.answer(body, 201 if self.command == "POST" else 200)

    do_POST = do_PUT = do_PATCH = write

    def log_message(self, *_):
        pass


ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Api).serve_forever()
