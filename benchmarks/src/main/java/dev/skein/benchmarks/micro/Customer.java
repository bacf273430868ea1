package dev.skein.benchmarks.micro;

import java.math.BigDecimal;
import java.util.List;

/** A record of some twenty fields, as agents are asked to fill in. */
public record Customer(
        String id,
        Person person,
        Address home,
        Standing standing,
        List<Integer> orders,
        boolean active,
        String notes) {

    /** Who it is. */
    public record Person(String firstName, String lastName, int age, String email, String phone) {}

    /** Where the person lives. */
    public record Address(String street, String city, String postcode, String country) {}

    /** What the shop thinks of the person. */
    public record Standing(
            Level level, long points, double rating, BigDecimal balance, List<String> tags) {}

    /** How good a customer. */
    public enum Level {
        BRONZE,
        SILVER,
        GOLD
    }

    static Customer example() {
        return new Customer(
                "c-10442",
                new Person("Ada", "Byron", 36, "ada@example.org", "+44 20 7946 0000"),
                new Address("12 St James's Square", "London", "SW1Y 4JH", "GB"),
                new Standing(
                        Level.GOLD,
                        128_450L,
                        4.75,
                        new BigDecimal("1024.50"),
                        List.of("early", "mathematics", "engines")),
                List.of(1001, 1002, 1017, 1044),
                true,
                "Prefers letters; answers within a day.\nAsks for \"exact\" figures.");
    }
}
