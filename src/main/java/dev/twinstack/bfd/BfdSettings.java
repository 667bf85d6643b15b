package dev.twinstack.bfd;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/// All that one session needs to know. A change of anything but the path and the key is negotiated
/// within the session, without taking it down.
///
/// @param desiredMinTx how often we want to send, 10 ms to 60 s
/// @param requiredMinRx how often the peer may send, 10 ms to 60 s
/// @param detectMultiplier how many packets of ours may be lost in a row, less one; 1 to 255
/// @param echo how often to send packets that the peer's forwarding returns (RFC 5880 section 6.4);
///   empty: never
/// @param passive send nothing until the peer has sent something
/// @param minimumTtl the least TTL or hop limit of a packet that came over several hops, 1 to 255;
///   from a direct neighbour 255 is needed always (RFC 5881 section 5)
/// @param key authenticate with it; empty: neither send nor take authentication
public record BfdSettings(
        BfdPath path,
        Duration desiredMinTx,
        Duration requiredMinRx,
        int detectMultiplier,
        Optional<Duration> echo,
        boolean passive,
        int minimumTtl,
        Optional<BfdKey> key) {

    /// FRR's and MetalLB's defaults.
    public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(300);

    public static final int DEFAULT_MULTIPLIER = 3;
    public static final int DEFAULT_MINIMUM_TTL = 254;

    private static final Duration LEAST = Duration.ofMillis(10);
    private static final Duration MOST = Duration.ofSeconds(60);

    public BfdSettings {
        requireNonNull(path, "path");
        requireNonNull(key, "key");
        checkInterval("transmit interval", desiredMinTx);
        checkInterval("receive interval", requiredMinRx);
        echo.ifPresent(interval -> checkInterval("echo interval", interval));
        checkNumber("detect multiplier", detectMultiplier);
        checkNumber("minimum TTL", minimumTtl);
        if (echo.isPresent() && path.multihop()) {
            throw new IllegalArgumentException(
                    "No echo over several hops (RFC 5883 section 3), as to " + path.remote());
        }
    }

    /// FRR's defaults.
    public static BfdSettings of(BfdPath path) {
        return new BfdSettings(
                path,
                DEFAULT_INTERVAL,
                DEFAULT_INTERVAL,
                DEFAULT_MULTIPLIER,
                Optional.empty(),
                false,
                DEFAULT_MINIMUM_TTL,
                Optional.empty());
    }

    /// The same with one interval for both directions.
    public BfdSettings every(Duration interval, int multiplier) {
        return new BfdSettings(
                path, interval, interval, multiplier, echo, passive, minimumTtl, key);
    }

    public BfdSettings withEcho(Duration interval) {
        return new BfdSettings(
                path,
                desiredMinTx,
                requiredMinRx,
                detectMultiplier,
                Optional.of(interval),
                passive,
                minimumTtl,
                key);
    }

    public BfdSettings withoutEcho() {
        return new BfdSettings(
                path,
                desiredMinTx,
                requiredMinRx,
                detectMultiplier,
                Optional.empty(),
                passive,
                minimumTtl,
                key);
    }

    public BfdSettings withPassive(boolean waits) {
        return new BfdSettings(
                path, desiredMinTx, requiredMinRx, detectMultiplier, echo, waits, minimumTtl, key);
    }

    public BfdSettings withKey(BfdKey secret) {
        return new BfdSettings(
                path,
                desiredMinTx,
                requiredMinRx,
                detectMultiplier,
                echo,
                passive,
                minimumTtl,
                Optional.of(secret));
    }

    private static void checkInterval(String what, Duration interval) {
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "BFD %s of %d ms is not in 10..60000".formatted(what, interval.toMillis()));
        }
    }

    private static void checkNumber(String what, int number) {
        if (number < 1 || number > 255) {
            throw new IllegalArgumentException(
                    "BFD %s %d is not in 1..255".formatted(what, number));
        }
    }
}
