package dev.twinstack.bgp.wire;

import dev.twinstack.net.IpFamily;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// Time and memory for full UPDATEs (800 /32 or 230 /128) and for KEEPALIVEs.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        // The tests' own search for leaked buffers looks at every access.
        jvmArgsAppend = "-Dio.netty.leakDetection.level=disabled")
public class WireBenchmark {

    private static final WireOptions OPTIONS = WireOptions.EXTERNAL;

    @Param({"IPV4", "IPV6"})
    public IpFamily family = IpFamily.IPV4;

    private UpdateMessage update = UpdateMessage.endOfRib(AddressFamily.IPV4_UNICAST);
    private final ByteBuf encoded = Unpooled.directBuffer(8192);
    private final ByteBuf out = Unpooled.directBuffer(8192);

    @Setup
    public void setUp() {
        boolean ipv4 = family == IpFamily.IPV4;
        update =
                new UpdatePacker(OPTIONS)
                        .announce(
                                AddressFamily.unicast(family),
                                List.of(ipv4 ? Updates.ROUTER : Updates.ROUTER_V6),
                                Updates.EXTERNAL_ROUTE,
                                Updates.hosts(family, ipv4 ? 800 : 230))
                        .getFirst();
        encoded.clear();
        BgpEncoder.encode(update, encoded, OPTIONS);
    }

    @Benchmark
    public Decoded decodeUpdate() {
        encoded.readerIndex(0);
        return BgpDecoder.decode(encoded, OPTIONS);
    }

    @Benchmark
    public ByteBuf encodeUpdate() {
        out.clear();
        BgpEncoder.encode(update, out, OPTIONS);
        return out;
    }

    @Benchmark
    public Decoded keepalive() {
        out.clear();
        BgpEncoder.encode(KeepaliveMessage.INSTANCE, out, OPTIONS);
        return BgpDecoder.decode(out, OPTIONS);
    }
}
