"""The measurements of lab/bench. Arguments: DIR creates with|without N | routes N | first-route | table N."""

import http.client
import json
import ssl
import subprocess
import sys
import time
from pathlib import Path

WARM_UP = 200
directory = Path(sys.argv[1])
results = directory / "bench.json"
env = dict(line.split("=", 1) for line in (directory / "env").read_text().splitlines())
tokens = dict(reversed(line.split(",")[:2]) for line in (directory / "pki/tokens.csv").read_text().splitlines())


class Api:
    """One kept connection to the API server, as an admin."""

    def __init__(self):
        host = env["API_SERVER"].removeprefix("https://")
        trust = ssl.create_default_context(cafile=env["API_CA"])
        self.connection = http.client.HTTPSConnection(host, context=trust, timeout=30)
        self.headers = {"Authorization": "Bearer " + tokens["admin"], "Content-Type": "application/json"}

    def call(self, method, path, body=None):
        self.connection.request(method, path, json.dumps(body) if body else None, self.headers)
        response = self.connection.getresponse()
        text = response.read()
        if response.status >= 300:
            raise SystemExit(f"{method} {path}: {response.status} {text.decode()[:300]}")
        return json.loads(text)


def service(name):
    # IPv6, because a thousand Services do not fit into the lab's IPv4 service range.
    spec = {
        "type": "LoadBalancer",
        "ipFamilies": ["IPv6"],
        "ipFamilyPolicy": "SingleStack",
        "allocateLoadBalancerNodePorts": False,
        "ports": [{"port": 80}],
    }
    return {"apiVersion": "v1", "kind": "Service", "metadata": {"name": name, "labels": {"bench": "yes"}}, "spec": spec}


def endpoints(name):
    """There before its Service: what is measured is Twinstack, not the controller that makes these."""
    return {
        "apiVersion": "discovery.k8s.io/v1",
        "kind": "EndpointSlice",
        "metadata": {"name": name, "labels": {"kubernetes.io/service-name": name, "bench": "yes"}},
        "addressType": "IPv6",
        "ports": [{"port": 80, "protocol": "TCP", "name": ""}],
        "endpoints": [{"addresses": ["fd44:0:0:1::99"], "conditions": {"ready": True}, "nodeName": "n1"}],
    }


def keep(name, value):
    known = json.loads(results.read_text()) if results.exists() else {}
    results.write_text(json.dumps(known | {name: value}))


def clean_up(api):
    for kind in ("/api/v1/namespaces/default/services", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices"):
        found = api.call("GET", f"{kind}?labelSelector=bench%3Dyes")["items"]
        for item in found:
            api.call("DELETE", f"{kind}/{item['metadata']['name']}")


def creates(what, count):
    api, times, addressed = Api(), [], 0
    for number in range(WARM_UP + count):
        body = service(f"bench-{number}")
        begin = time.perf_counter()
        made = api.call("POST", "/api/v1/namespaces/default/services", body)
        if number >= WARM_UP:
            times.append((time.perf_counter() - begin) * 1000)
            addressed += "twinstack.dev/addresses" in made["metadata"].get("annotations", {})
    if what == "with" and addressed != count:
        print(f"bench: only {addressed} of {count} answers had an address", file=sys.stderr)
    keep(what, times)
    clean_up(api)


class RouteWatch:
    """The router's kernel says when it gets a route."""

    def __init__(self):
        command = ["ip", "-n", "r", "-6", "monitor", "route"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, bufsize=1)
        time.sleep(0.2)  # it says nothing when it has begun to listen

    def wait_for(self, address):
        for line in self.process.stdout:
            if "proto bgp" in line and not line.startswith("Deleted") and (not address or line.startswith(address + " ")):
                return time.perf_counter()
        raise SystemExit("ip monitor ended")

    def close(self):
        self.process.terminate()
        self.process.wait()


def routes(count):
    api, watch, times = Api(), RouteWatch(), []
    for number in range(count):
        name = f"route-{number}"
        api.call("POST", "/apis/discovery.k8s.io/v1/namespaces/default/endpointslices", endpoints(name))
        begin = time.perf_counter()
        made = api.call("POST", "/api/v1/namespaces/default/services", service(name))
        address = made["metadata"].get("annotations", {}).get("twinstack.dev/addresses", "")
        times.append((watch.wait_for(address) - begin) * 1000)
    watch.close()
    keep("route", times)


def first_route():
    watch = RouteWatch()
    begin = time.perf_counter()
    (directory / "watching").touch()
    keep("first_route", (watch.wait_for("") - begin) * 1000)
    watch.close()


def percentile(times, part):
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def table(count):
    known = json.loads(results.read_text())
    rows = []
    for part, name, target in ((0.5, "p50", "<= 3 ms"), (0.99, "p99", "<= 15 ms")):
        on, off = percentile(known["with"], part), percentile(known["without"], part)
        rows.append((f"webhook's part of a create, {name} ({count} Services)", f"{on - off:.1f} ms ({on:.1f} - {off:.1f})", target))
    for part, name, target in ((0.5, "p50", "<= 50 ms"), (0.99, "p99", "")):
        rows.append((f"create to route in FRR's kernel, {name}", f"{percentile(known['route'], part):.0f} ms", target))
    for role in ("controller", "speaker"):
        rows.append((f"resident memory, {role}", f"{int(env[role.upper() + '_RSS_KIB']) / 1024:.0f} MiB", "<= 150 MiB"))
        rows.append((f"start to ready, {role}", f"{env[role.upper() + '_READY_MS']} ms", ""))
    rows.append(("start of the speaker to its first route", f"{known['first_route']:.0f} ms", ""))
    print("| measure | value | target |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


command, arguments = sys.argv[2], sys.argv[3:]
if command == "creates":
    creates(arguments[0], int(arguments[1]))
elif command == "routes":
    routes(int(arguments[0]))
elif command == "first-route":
    first_route()
elif command == "table":
    table(arguments[0])
