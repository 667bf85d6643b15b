package dev.twinstack.dualstack;

import dev.twinstack.dualstack.args.ArgsFile;
import java.util.Map;

/// Where the parts of kubelite listen, by a node's files or MicroK8s' defaults.
public final class KubeletePorts {

    private static final int API_SERVER = 16443;
    private static final String PROXY_PORT = ":10249";

    private KubeletePorts() {}

    /// The port of the API server, on every address of the node.
    public static int apiServer(Map<String, String> args) {
        return new ArgsFile(args.getOrDefault("kube-apiserver", ""))
                .value("--secure-port")
                .filter(port -> port.matches("\\d{1,5}"))
                .map(Integer::parseInt)
                .orElse(API_SERVER);
    }

    /// Where kube-proxy shows metrics and configuration, like `127.0.0.1:10249`.
    public static String proxyMetrics(Map<String, String> args) {
        String bound =
                new ArgsFile(args.getOrDefault("kube-proxy", ""))
                        .value("--metrics-bind-address")
                        .orElse("127.0.0.1");
        String address = bound.replace("0.0.0.0", "127.0.0.1");
        return address.matches(".+:\\d+") ? address : address + PROXY_PORT;
    }
}
