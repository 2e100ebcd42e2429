package org.rollcall.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Takes a file out of what it is packed in. */
final class Unpacking {
  private static final int BUFFER = 1 << 16;

  private final SeekableByteChannel file;
  private final Limits limits;
  private final Watch watch;

  Unpacking(SeekableByteChannel file, Limits limits) {
    this.file = file;
    this.limits = limits;
    this.watch = new Watch(limits.time());
  }

  /** The content of a file that is no zip archive. */
  Content plainOrGzip(Magic magic) {
    if (magic == Magic.GZIP) {
      return new Content("gzip", () -> limited(gunzip()));
    }
    return new Content("none", () -> limited(whole()));
  }

  /** The content of the only file of a zip archive. */
  Content only(ZipArchive archive) {
    return new Content("zip", () -> limited(archive.openOnly()));
  }

  /** The directory of a zip archive. */
  ZipArchive zip() {
    return ZipArchive.of(watched());
  }

  private InputStream gunzip() throws IOException {
    return GzipCompressorInputStream.builder()
        .setInputStream(new BufferedInputStream(fromStart(), BUFFER))
        .setDecompressConcatenated(true)
        .get();
  }

  private InputStream whole() throws IOException {
    return fromStart();
  }

  private InputStream fromStart() throws IOException {
    watch.gained();
    return Channels.newInputStream(watched().position(0));
  }

  private WatchedChannel watched() {
    return new WatchedChannel(file, watch);
  }

  private InputStream limited(InputStream in) throws IOException {
    return new LimitedInput(in, watch, limits, file.size());
  }
}
