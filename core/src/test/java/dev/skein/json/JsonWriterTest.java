package dev.skein.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
    @Test
    void commasStandBetweenValuesOnly() throws IOException {
        var writer =
                new JsonWriter(1)
                        .object()
                        .field("a", 1)
                        .name("b")
                        .array()
                        .value("x")
                        .value(true)
                        .object()
                        .endObject()
                        .nothing()
                        .endArray()
                        .field("c", 0.5)
                        .name("d")
                        .raw("{\"r\":1}".getBytes(StandardCharsets.UTF_8))
                        .field("e", Json.array(java.util.List.of()))
                        .field("f", false)
                        .endObject();
        var text =
                "{\"a\":1,\"b\":[\"x\",true,{},null],\"c\":0.5,\"d\":{\"r\":1},\"e\":[],\"f\":false}";
        var out = new ByteArrayOutputStream();
        writer.writeTo(out);
        assertThat(writer).hasToString(text);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(writer.size()).isEqualTo(text.length());
    }

    @Test
    void whatIsNotEndedIsNotHandedOut() {
        assertThatIllegalStateException().isThrownBy(() -> new JsonWriter().object().toBytes());
    }

    @Test
    void everyTextComesBackAsItWas() {
        long seed = System.nanoTime();
        System.out.println("JsonWriterTest seed " + seed);
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var text = anyText(random);
            var bytes = new JsonWriter(16).array().value(text).value(text).endArray().toBytes();
            assertThat(Json.parse(bytes)).isEqualTo(Json.array(java.util.List.of(text, text)));
            assertThat(Json.parse(new String(bytes, StandardCharsets.UTF_8)).at(1).text())
                    .isEqualTo(text);
        }
    }

    /** Any characters at all, halves of surrogate pairs included. */
    private static String anyText(Random random) {
        var text = new StringBuilder();
        int[] bounds = {0x20, 0x80, 0x100, 0x800, 0x10000};
        for (int i = random.nextInt(60); i > 0; i--) {
            if (random.nextInt(8) == 0) text.appendCodePoint(random.nextInt(0x10000, 0x110000));
            else text.append((char) random.nextInt(bounds[random.nextInt(bounds.length)]));
        }
        return text.toString();
    }
}
