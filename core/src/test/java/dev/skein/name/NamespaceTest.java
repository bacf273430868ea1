package dev.skein.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.SkeinException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
    private static final String ODD = "ab.:%/\\ äß😀\u0301e-_";

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "..", ".", "x/y", "c\\d", "100%", "%41", "bob.a", "ä", "😀"})
    void anySegmentComesBackFromItsKey(String segment) {
        var namespace = Namespace.of("tenant", segment, "user");
        assertThat(Namespace.parse(namespace.key())).isEqualTo(namespace);
        assertThat(namespace.key().split(":", -1)).hasSize(3);
    }

    @Test
    @Tag("AG-76")
    void twoNamespacesNeverShareAKey() {
        long seed = Long.getLong("skein.seed", System.nanoTime());
        var random = new Random(seed);
        Map<String, Namespace> byKey = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            var namespace = anyNamespace(random);
            var other = byKey.put(namespace.key(), namespace);
            assertThat(other == null || other.equals(namespace))
                    .as("seed %d: %s and %s", seed, other, namespace)
                    .isTrue();
            assertThat(Namespace.parse(namespace.key())).as("seed %d", seed).isEqualTo(namespace);
        }
    }

    private static Namespace anyNamespace(Random random) {
        var points = ODD.codePoints().toArray();
        var segments = new ArrayList<String>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            var segment = new StringBuilder("x".repeat(random.nextInt(2)));
            for (int j = 0; j <= random.nextInt(4); j++)
                segment.appendCodePoint(points[random.nextInt(points.length)]);
            segments.add(segment.toString());
        }
        return new Namespace(segments);
    }

    @Test
    @Tag("AG-76")
    void anEmptyATooLongAndAControlSegmentAreRefused() {
        for (var bad : List.of("", "x".repeat(129), "a\nb"))
            assertThatThrownBy(() -> Namespace.of("ok", bad)).isInstanceOf(SkeinException.class);
        assertThatThrownBy(
                        () -> new Namespace(IntStream.range(0, 17).mapToObj(i -> "s" + i).toList()))
                .isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> Namespace.parse("a:%4")).isInstanceOf(SkeinException.class);
        assertThatThrownBy(() -> Namespace.parse("a:%ZZ")).isInstanceOf(SkeinException.class);
    }

    @Test
    void segmentsThatLookAlikeAreTheSame() {
        assertThat(Namespace.of("e\u0301")).isEqualTo(Namespace.of("é"));
    }

    @Test
    void anAncestorIsStrictlyAboveAndOnSegmentBorders() {
        var acme = Namespace.of("acme");
        var alice = acme.child("alice");
        assertThat(acme.isAncestorOf(alice)).isTrue();
        assertThat(alice.isDescendantOf(acme)).isTrue();
        assertThat(acme.isAncestorOf(acme)).isFalse();
        assertThat(acme.isAncestorOf(Namespace.of("acmeother", "x"))).isFalse();
        assertThat(alice.parent()).contains(acme);
        assertThat(acme.parent()).isEmpty();
        assertThat(alice.root()).isEqualTo(acme);
        assertThat(alice.depth()).isEqualTo(2);
    }
}
