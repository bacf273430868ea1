package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.failure.Invalid;
import dev.skein.failure.SkeinException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JsonTypeRefusalTest {
    record Report(List<Item> items) {}

    record Item(Object raw) {}

    record RawList(@SuppressWarnings("rawtypes") List list) {}

    record Wild(Map<String, List<?>> map) {}

    record Keys(Map<Integer, String> map) {}

    record Twice(Optional<Optional<String>> twice) {}

    @SuppressWarnings("NullableOptional") // that is what is refused
    record Both(@Nullable Optional<String> both) {}

    record Beans(StringBuilder bean) {}

    record Special(OptionalInt number) {}

    record Endless<T>(Optional<Endless<List<T>>> next) {}

    record Ends(Endless<String> endless) {}

    record Misplaced(@Range(max = 1) String text) {}

    record Empty(@Length(min = 2, max = 1) String text) {}

    record BadPattern(@Matches("(") String text) {}

    sealed interface Clash {
        record One(String type) implements Clash {}
    }

    sealed interface NotOnlyRecords {
        final class Bean implements NotOnlyRecords {}
    }

    private static AbstractThrowableAssert<?, ?> refusal(Class<?> type) {
        return assertThatThrownBy(() -> JsonType.of(type))
                .isInstanceOfSatisfying(
                        SkeinException.class,
                        refused -> assertThat(refused.failure()).isInstanceOf(Invalid.Type.class));
    }

    @Test
    @Tag("AG-30")
    void whatHasNoSchemaIsRefusedWithThePath() {
        refusal(Report.class).hasMessage("Report.items[].raw is Object, which has no schema.");
        refusal(Object.class).hasMessage("Object is Object, which has no schema.");
        refusal(RawList.class)
                .hasMessage("RawList.list is List without type arguments, which has no schema.");
        refusal(Wild.class).hasMessage("Wild.map{}[] is ?, which has no schema.");
        refusal(Keys.class).hasMessage("Keys.map{} has keys that are Integer.");
        refusal(Twice.class).hasMessage("Twice.twice is optional twice.");
        refusal(Both.class).hasMessage("Both.both is Optional and @Nullable.");
        refusal(Beans.class).hasMessage("Beans.bean is StringBuilder, which has no schema.");
        refusal(Special.class).hasMessage("Special.number is OptionalInt, which has no schema.");
        refusal(Ends.class).hasMessageContaining("without end");
        refusal(Misplaced.class).hasMessage("Misplaced.text has a @Range and is no number.");
        refusal(Empty.class).hasMessageContaining("empty @Length");
        refusal(BadPattern.class).hasMessageContaining("bad expression");
        refusal(Clash.class)
                .hasMessage("Clash.One.type has the name that tells the variants apart.");
        refusal(NotOnlyRecords.class).hasMessageContaining("permits Bean, which is no record");
        refusal(JsonTypeTest.Page.class)
                .hasMessage("Page is Page without type arguments, which has no schema.");
    }

    record D0(String a, String b, String c) {}

    record D1(D0 a, D0 b, D0 c, D0 d, D0 e, D0 f, D0 g, D0 h) {}

    record D2(D1 a, D1 b, D1 c, D1 d, D1 e, D1 f, D1 g, D1 h) {}

    record D3(D2 a, D2 b, D2 c, D2 d, D2 e, D2 f, D2 g, D2 h) {}

    record D4(D3 a, D3 b, D3 c, D3 d, D3 e, D3 f, D3 g, D3 h) {}

    @Test
    @Tag("AG-31")
    void aSchemaThatIsTooBigIsRefused() {
        refusal(D4.class).hasMessage("D4 has a schema of more than 64 KiB.");
    }
}
