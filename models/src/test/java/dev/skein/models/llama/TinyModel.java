package dev.skein.models.llama;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Writes a language model of half a megabyte with random weights, so that nothing has to be
 * fetched: the llama architecture, two layers, one token for each byte and each printable
 * character. GGUF, version 3 (ggml's docs/gguf.md).
 */
final class TinyModel {
    static final int CONTEXT = 512;
    private static final int WIDTH = 64;
    private static final int HEADS = 4;
    private static final int LAYERS = 2;
    private static final int FEED = 128;
    private static final int ALIGNMENT = 32;
    private static final int ROOM = 1 << 20;
    private static final int UINT32 = 4;
    private static final int INT32 = 5;
    private static final int FLOAT32 = 6;
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final ByteBuffer out = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> kinds = new ArrayList<>();

    private TinyModel() {
        token("<unk>", 2);
        token("<s>", 3);
        token("</s>", 3);
        for (int b = 0; b < 256; b++) token(String.format(Locale.ROOT, "<0x%02X>", b), 6);
        token("\u2581", 1);
        for (char c = '!'; c <= '~'; c++) token(String.valueOf(c), 1);
    }

    static void write(Path file, long seed) throws IOException {
        Files.write(file, new TinyModel().bytes(new Random(seed)));
    }

    private void token(String text, int kind) {
        tokens.add(text);
        kinds.add(kind);
    }

    private byte[] bytes(Random random) {
        var facts = facts();
        var tensors = tensors();
        out.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3);
        out.putLong(tensors.size()).putLong(facts.size());
        facts.forEach(this::fact);
        long at = 0;
        for (var tensor : tensors.entrySet()) {
            text(tensor.getKey());
            out.putInt(tensor.getValue().size());
            tensor.getValue().forEach(out::putLong);
            out.putInt(0).putLong(at);
            at += aligned(size(tensor.getValue()) * Float.BYTES);
        }
        align();
        tensors.values().forEach(shape -> weights(shape, random));
        var bytes = new byte[out.position()];
        out.flip().get(bytes);
        return bytes;
    }

    private Map<String, Object> facts() {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("general.architecture", "llama");
        facts.put("general.name", "tiny");
        facts.put("llama.context_length", CONTEXT);
        facts.put("llama.embedding_length", WIDTH);
        facts.put("llama.block_count", LAYERS);
        facts.put("llama.feed_forward_length", FEED);
        facts.put("llama.attention.head_count", HEADS);
        facts.put("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        facts.put("llama.rope.dimension_count", WIDTH / HEADS);
        facts.put("tokenizer.ggml.model", "llama");
        facts.put("tokenizer.ggml.tokens", tokens);
        facts.put(
                "tokenizer.ggml.scores", kinds.stream().map(kind -> kind == 1 ? -1f : 0f).toList());
        facts.put("tokenizer.ggml.token_type", kinds);
        facts.put("tokenizer.ggml.unknown_token_id", 0);
        facts.put("tokenizer.ggml.bos_token_id", 1);
        facts.put("tokenizer.ggml.eos_token_id", 2);
        return facts;
    }

    private Map<String, List<Long>> tensors() {
        long width = WIDTH;
        long feed = FEED;
        long words = tokens.size();
        var tensors = new LinkedHashMap<String, List<Long>>();
        tensors.put("token_embd.weight", List.of(width, words));
        for (int layer = 0; layer < LAYERS; layer++) {
            var block = "blk." + layer + ".";
            tensors.put(block + "attn_norm.weight", List.of(width));
            for (var name : List.of("attn_q", "attn_k", "attn_v", "attn_output"))
                tensors.put(block + name + ".weight", List.of(width, width));
            tensors.put(block + "ffn_norm.weight", List.of(width));
            tensors.put(block + "ffn_gate.weight", List.of(width, feed));
            tensors.put(block + "ffn_up.weight", List.of(width, feed));
            tensors.put(block + "ffn_down.weight", List.of(feed, width));
        }
        tensors.put("output_norm.weight", List.of(width));
        tensors.put("output.weight", List.of(width, words));
        return tensors;
    }

    private void fact(String name, Object value) {
        text(name);
        out.putInt(kind(value));
        if (value instanceof List<?> list) {
            boolean numbers = list.getFirst() instanceof Integer;
            out.putInt(numbers ? INT32 : kind(list.getFirst())).putLong(list.size());
            list.forEach(this::value);
        } else value(value);
    }

    private static int kind(Object value) {
        return switch (value) {
            case String _ -> STRING;
            case Integer _ -> UINT32;
            case Float _ -> FLOAT32;
            default -> ARRAY;
        };
    }

    private void value(Object value) {
        switch (value) {
            case String text -> text(text);
            case Integer number -> out.putInt(number);
            case Float number -> out.putFloat(number);
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    private void weights(List<Long> shape, Random random) {
        boolean norm = shape.size() == 1;
        for (long i = size(shape); i > 0; i--)
            out.putFloat(norm ? 1f : (float) (random.nextGaussian() * 0.3));
        align();
    }

    private void text(String text) {
        var utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.putLong(utf8.length).put(utf8);
    }

    private void align() {
        while (out.position() % ALIGNMENT != 0) out.put((byte) 0);
    }

    private static long aligned(long bytes) {
        return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    private static long size(List<Long> shape) {
        return shape.stream().reduce(1L, (a, b) -> a * b);
    }
}
