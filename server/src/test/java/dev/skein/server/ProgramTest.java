package dev.skein.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
    @ParameterizedTest
    @CsvSource({
        "dev.skein.cli.Main run examples/Pool.java a b, Pool.java",
        "dev.skein.cli.Main run assistant hello, skein",
        "build/audit.jar x, audit.jar",
        "com.example.Pool, Pool",
        "com.example/com.example.Pool, Pool",
        "Pool.java, Pool.java"
    })
    void aProgramIsCalledByItsFileOrItsMainClass(String line, String name) {
        assertThat(Program.of(line)).isEqualTo(name);
    }
}
