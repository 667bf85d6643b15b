package dev.twinstack.bench;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.Decision;
import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.allocation.Sharing;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.net.IpRange;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// The next free address while a million are taken: what one decision costs, and what a whole
/// Service costs from request to release. With the program's collector: another one's threads would
/// be measured too.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms3g", "-Xmx3g", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class NextAddressBenchmark {

    private static final ServiceKey NEXT = new ServiceKey("bench", "next");

    /// One /8, one /64, one /8 of which every other address is free again, or a thousand pools of
    /// which all but the last are full.
    public enum Shape {
        IPV4_EIGHT,
        IPV6_SIXTY_FOUR,
        FRAGMENTED,
        THOUSAND_POOLS
    }

    @Param public Shape shape = Shape.IPV4_EIGHT;

    @Param("1000000")
    public int taken;

    private final Allocator allocator = new Allocator();
    private AddressRequest request =
            AddressRequest.of(NEXT, FamilyPolicy.SINGLE_STACK, IpFamily.IPV4);

    @Setup(Level.Trial)
    public void takeAddresses() {
        if (shape == Shape.IPV6_SIXTY_FOUR) {
            request = AddressRequest.of(NEXT, FamilyPolicy.SINGLE_STACK, IpFamily.IPV6);
        }
        allocator.setPools(pools());
        IpAddress first =
                IpAddress.parse(shape == Shape.IPV6_SIXTY_FOUR ? "2001:db8::" : "10.0.0.0");
        for (int i = 0; i < taken; i++) {
            if (shape != Shape.FRAGMENTED || i % 2 == 0) {
                allocator.adopt(service(i), List.of(first.plus(i)), Sharing.NONE);
            }
        }
    }

    private List<Pool> pools() {
        return switch (shape) {
            case IPV6_SIXTY_FOUR ->
                    List.of(Pool.open("lan", IpPrefix.parse("2001:db8::/64").range()));
            case IPV4_EIGHT, FRAGMENTED ->
                    List.of(Pool.open("lan", IpPrefix.parse("10.0.0.0/8").range()));
            case THOUSAND_POOLS -> {
                List<Pool> pools = new ArrayList<>();
                IpAddress first = IpAddress.parse("10.0.0.0");
                for (int i = 0; i < 1000; i++) {
                    IpAddress start = first.plus(i * (taken / 1000L));
                    pools.add(
                            Pool.open(
                                    "pool-%04d".formatted(i),
                                    new IpRange(
                                            start, start.plus(taken / 1000L - (i < 999 ? 1 : 0)))));
                }
                yield pools;
            }
        };
    }

    private static ServiceKey service(int i) {
        return new ServiceKey("bench", "service-" + i);
    }

    @Benchmark
    public Decision decide() {
        return allocator.decide(request);
    }

    @Benchmark
    public Object assignAndRelease() {
        allocator.commit(allocator.decide(request));
        return allocator.release(NEXT);
    }
}
