package dev.twinstack.admission.http;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// @param host the address to listen on
/// @param port 0: any free one
/// @param largestBody in octets; the API server puts up to two objects of 1.5 MiB into a review
/// @param mostExchanges how many requests may be on their way at once; the API server itself lets
///   200 changes in
/// @param mostOctets how many octets all bodies on their way may have together
/// @param slowestRequest how long a request may take to arrive and to be answered
/// @param idle how long a connection may be silent; longer than the 90 seconds after which the API
///   server closes it itself, so that it never writes into one that is just being closed
/// @param keeps asked at each answer, on any thread: whether the connection may stay open. Who does
///   not lead any more closes it, so that the next one finds the leader; API servers keep theirs
///   for as long as they are used
public record ListenerSettings(
        String host,
        int port,
        int largestBody,
        int mostExchanges,
        long mostOctets,
        Duration slowestRequest,
        Duration idle,
        BooleanSupplier keeps) {

    public static ListenerSettings on(String host, int port, BooleanSupplier keeps) {
        return new ListenerSettings(
                host,
                port,
                4 << 20,
                256,
                64L << 20,
                Duration.ofSeconds(10),
                Duration.ofMinutes(3),
                keeps);
    }
}
