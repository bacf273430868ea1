package dev.skein.session;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The way of bytes to a disk. None of it ends because the thread was interrupted. */
interface Disk {
    /** Writes where the file stands, all or an IOException. */
    void write(RandomAccessFile file, byte[] bytes) throws IOException;

    /** Returns when what was written to the file survives what it has to. */
    void force(RandomAccessFile file) throws IOException;

    /** Returns when the names in the folder do. */
    void force(Path folder) throws IOException;

    static Disk of(Durability durability) {
        return switch (durability) {
            case POWER -> new Forced();
            case PROCESS -> new Buffered();
        };
    }

    /** The system has it, and writes it when it likes. */
    class Buffered implements Disk {
        @Override
        public void write(RandomAccessFile file, byte[] bytes) throws IOException {
            file.write(bytes);
        }

        @Override
        public void force(RandomAccessFile file) throws IOException {}

        @Override
        public void force(Path folder) throws IOException {}
    }

    /** The disk has it. */
    final class Forced extends Buffered {
        @Override
        public void force(RandomAccessFile file) throws IOException {
            file.getFD().sync();
        }

        /** Only a channel opens a folder, and an interrupt closes it: then another one does. */
        @Override
        public void force(Path folder) throws IOException {
            if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) return;
            boolean interrupted = Thread.interrupted();
            try {
                while (!forced(folder)) interrupted |= Thread.interrupted();
            } finally {
                if (interrupted) Thread.currentThread().interrupt();
            }
        }

        private static boolean forced(Path folder) throws IOException {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
                return true;
            } catch (ClosedByInterruptException e) {
                return false;
            }
        }
    }
}
