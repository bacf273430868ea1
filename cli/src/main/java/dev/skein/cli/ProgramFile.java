package dev.skein.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.zip.CRC32;

/** A program as one file: a mark, a check sum, then the entry and the class files. */
final class ProgramFile {
    private static final int MARK = 0x534b4e31;

    private ProgramFile() {}

    static byte[] encode(Program program) throws IOException {
        var body = new ByteArrayOutputStream();
        try (var data = new DataOutputStream(body)) {
            data.writeUTF(program.entry().type());
            data.writeBoolean(program.entry().ofClass());
            data.writeBoolean(program.entry().arguments());
            data.writeInt(program.classes().size());
            for (var one : program.classes().entrySet()) {
                data.writeUTF(one.getKey());
                data.writeInt(one.getValue().length);
                data.write(one.getValue());
            }
        }
        var file = new ByteArrayOutputStream();
        try (var data = new DataOutputStream(file)) {
            data.writeInt(MARK);
            data.writeLong(sum(body.toByteArray()));
            body.writeTo(data);
        }
        return file.toByteArray();
    }

    /** Empty if the file is damaged. */
    static Optional<Program> decode(byte[] file) throws IOException {
        if (file.length < Integer.BYTES + Long.BYTES) return Optional.empty();
        var data = new DataInputStream(new ByteArrayInputStream(file));
        int mark = data.readInt();
        long sum = data.readLong();
        if (mark != MARK || sum != sum(data.readAllBytes())) return Optional.empty();
        data.reset();
        data.skipNBytes(Integer.BYTES + Long.BYTES);
        return Optional.of(body(data));
    }

    private static Program body(DataInputStream data) throws IOException {
        var entry = new Program.Entry(data.readUTF(), data.readBoolean(), data.readBoolean());
        var classes = new LinkedHashMap<String, byte[]>();
        for (int left = data.readInt(); left > 0; left--) {
            var name = data.readUTF();
            classes.put(name, data.readNBytes(data.readInt()));
        }
        return new Program(entry, classes);
    }

    private static long sum(byte[] body) {
        var sum = new CRC32();
        sum.update(body);
        return sum.getValue();
    }
}
