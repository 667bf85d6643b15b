package dev.twinstack.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.twinstack.net.IpAddress;
import dev.twinstack.net.IpFamily;
import dev.twinstack.net.IpPrefix;
import dev.twinstack.testing.conformance.Fields;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Every case of `ip_family` in `conformance/misc.json`: which sets of addresses are one family, a
/// pair, or nothing that a Service can have.
class IpFamilyConformanceTest {

    @TestFactory
    Stream<DynamicTest> cases() {
        return Fields.file("misc.json").objects("ip_family").stream()
                .map(each -> dynamicTest(each.toString(), () -> check(each)));
    }

    private static void check(Fields each) {
        each.remarks("source", "derived", "id", "note");
        String family =
                each.has("cidr")
                        ? name(IpPrefix.parse(each.text("cidr")).family())
                        : family(each.texts("addresses"));
        assertThat(family).isEqualTo(each.text("expect"));
        each.end();
    }

    private static String family(List<String> texts) {
        List<IpAddress> addresses;
        try {
            addresses = texts.stream().map(IpAddress::parse).toList();
        } catch (IllegalArgumentException e) {
            return "error";
        }
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        addresses.forEach(address -> families.add(address.family()));
        AddressRequest request =
                AddressRequest.of(
                                TestRequests.key("a"),
                                FamilyPolicy.SINGLE_STACK,
                                families.toArray(IpFamily[]::new))
                        .withWanted(addresses);
        if (FamilyCheck.problem(request).isPresent()) {
            return "error";
        }
        return families.size() == 2 ? "dual" : name(families.iterator().next());
    }

    private static String name(IpFamily family) {
        return family.toString().toLowerCase(Locale.ROOT);
    }
}
