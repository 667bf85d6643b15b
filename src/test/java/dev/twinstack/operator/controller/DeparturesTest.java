package dev.twinstack.operator.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.twinstack.allocation.ClaimKey;
import dev.twinstack.allocation.Pool;
import dev.twinstack.allocation.ServiceKey;
import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpRange;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeparturesTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final IpAddress FIRST = IpAddress.parse("192.0.2.1");
    private static final IpAddress SECOND = IpAddress.parse("192.0.2.2");
    private static final ClaimKey CLAIM = new ClaimKey("shop", "held");
    private static final ServiceKey SERVICE = new ServiceKey("shop", "web");

    private @Nullable AddressBook inOffice;
    private final Departures departures = new Departures(() -> Optional.ofNullable(inOffice));
    private final AddressBook book =
            new AddressBook(() -> START, Duration.ofSeconds(10), service -> {}, claim -> {});

    @Test
    void whatGoesDuringATakeOverIsToldToTheNewBook() {
        // Given a take-over that has listed a claim and a Service, which are deleted then
        departures.expectBook();
        listed();
        departures.tell(it -> it.release(CLAIM));
        departures.tell(it -> it.deleted(SERVICE));

        // When
        departures.begin(book, () -> inOffice = book);

        // Then
        assertThat(book.usersOf("lan")).isEmpty();
    }

    @Test
    void whatWentBeforeATakeOverIsNotInItsLists() {
        // Given one of the same name was deleted long ago, and a take-over that failed
        departures.tell(it -> it.release(CLAIM));
        departures.expectBook();
        departures.tell(it -> it.deleted(SERVICE));
        departures.expectNone();
        departures.expectBook();
        listed();

        // When
        departures.begin(book, () -> inOffice = book);

        // Then
        assertThat(book.usersOf("lan")).hasSize(2);
    }

    @Test
    void theBookInOfficeIsToldAtOnce() {
        // Given
        listed();
        inOffice = book;

        // When
        departures.tell(it -> it.release(CLAIM));

        // Then
        assertThat(book.usersOf("lan")).containsExactly("Service shop/web");
    }

    private void listed() {
        book.rehome(
                List.of(Pool.open("lan", new IpRange(FIRST, SECOND))),
                List.of(new AddressBook.Found(SERVICE, START, List.of(SECOND), Optional.empty())),
                List.of(new ClaimDesk.Found(CLAIM, List.of(FIRST), Optional.empty(), false)),
                List.of());
    }
}
