package dev.skein.benchmarks.micro;

import dev.skein.json.Decoded;
import dev.skein.json.Json;
import dev.skein.json.JsonType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * JSON of a record of twenty fields: Skein, and Jackson's own binding as the floor. Both go from
 * text to a checked value and back.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class JsonPath {
    private final JsonType<Customer> type = JsonType.of(Customer.class);
    private final Customer customer = Customer.example();
    private final Json json = type.encode(customer);
    private final String text = json.canonical();
    private final String wrapped =
            "Here is the customer:\n```json\n" + text + "\n```\nAnything else?";
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final ObjectReader reader = mapper.readerFor(Customer.class);
    private final ObjectWriter writer = mapper.writerFor(Customer.class);

    @Benchmark
    public Json parse() {
        return Json.parse(text);
    }

    @Benchmark
    public JsonNode parseFloor() {
        return mapper.readTree(text);
    }

    @Benchmark
    public String canonical() {
        return json.canonical();
    }

    @Benchmark
    public Decoded<Customer> decode() {
        return type.decode(json);
    }

    @Benchmark
    public Json encode() {
        return type.encode(customer);
    }

    /** The answer of a model that does as it was told: JSON and nothing else. */
    @Benchmark
    public Decoded<Customer> read() {
        return type.read(text);
    }

    /** The answer of a model that talks. */
    @Benchmark
    public Decoded<Customer> readTolerant() {
        return type.read(wrapped);
    }

    @Benchmark
    public Customer readFloor() {
        return reader.readValue(text);
    }

    @Benchmark
    public String writeFloor() {
        return writer.writeValueAsString(customer);
    }
}
