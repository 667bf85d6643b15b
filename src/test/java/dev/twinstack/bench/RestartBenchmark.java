package dev.twinstack.bench;

import dev.twinstack.allocation.AddressRequest;
import dev.twinstack.allocation.Allocator;
import dev.twinstack.allocation.FamilyPolicy;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import java.util.ArrayList;
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

/// What a new leader does before it answers: adopt what all Services hold, then decide about each.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RestartBenchmark {

    @Param("10000")
    public int services;

    private final List<AddressRequest> requests = new ArrayList<>();

    @Setup
    public void makeServices() {
        IpAddress ipv4 = IpAddress.parse("10.0.0.0");
        IpAddress ipv6 = IpAddress.parse("2001:db8::");
        for (int i = 0; i < services; i++) {
            requests.add(
                    AddressRequest.of(
                                    new ServiceKey("bench", "service-" + i),
                                    FamilyPolicy.PREFER_DUAL_STACK,
                                    IpFamily.values())
                            .withHeld(List.of(ipv4.plus(i), ipv6.plus(i))));
        }
    }

    @Benchmark
    public Allocator load() {
        Allocator allocator = new Allocator();
        allocator.setPools(
                List.of(
                        Pool.open(
                                "lan",
                                IpPrefix.parse("10.0.0.0/8").range(),
                                IpPrefix.parse("2001:db8::/64").range())));
        for (AddressRequest request : requests) {
            allocator.adopt(request.service(), request.held(), request.sharing());
        }
        for (AddressRequest request : requests) {
            allocator.commit(allocator.decide(request));
        }
        return allocator;
    }
}
