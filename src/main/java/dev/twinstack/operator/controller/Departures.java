package dev.twinstack.operator.controller;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// What is deleted in the cluster, told to the book in office. A take-over may still have it in its
/// lists: what goes while one runs is told to the new book when that begins. For any thread.
final class Departures {

    private final Supplier<Optional<AddressBook>> inOffice;
    private final List<Consumer<AddressBook>> missed = new ArrayList<>();
    private boolean expectingBook;

    /// @param inOffice the book to keep, if there is one
    Departures(Supplier<Optional<AddressBook>> inOffice) {
        this.inOffice = inOffice;
    }

    synchronized void tell(Consumer<AddressBook> departure) {
        inOffice.get()
                .ifPresentOrElse(
                        departure,
                        () -> {
                            if (expectingBook) {
                                missed.add(departure);
                            }
                        });
    }

    /// A take-over begins.
    synchronized void expectBook() {
        missed.clear();
        expectingBook = true;
    }

    /// It is over, without a book.
    synchronized void expectNone() {
        missed.clear();
        expectingBook = false;
    }

    /// @param open puts the book in office
    synchronized void begin(AddressBook book, Runnable open) {
        open.run();
        missed.forEach(departure -> departure.accept(book));
        expectNone();
    }
}
