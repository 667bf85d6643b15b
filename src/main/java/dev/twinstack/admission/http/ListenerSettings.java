package dev.twinstack.admission.http;

import java.time.Duration;

/// @param host the address to listen on
/// @param port 0: any free one
/// @param largestBody in octets; the API server puts up to two objects of 1.5 MiB into a review,
///   and a whole page of them into a conversion
/// @param slowestRequest how long a request may take to arrive and to be answered
/// @param idle how long a connection may be silent; longer than the 90 seconds after which the API
///   server closes it itself, so that it never writes into one that is just being closed
public record ListenerSettings(
        String host, int port, int largestBody, Duration slowestRequest, Duration idle) {

    public static ListenerSettings on(String host, int port) {
        return new ListenerSettings(
                host, port, 16 << 20, Duration.ofSeconds(10), Duration.ofMinutes(3));
    }
}
