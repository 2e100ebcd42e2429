package org.rollcall.drop;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of this machine as a share that fails: every call that can fail is counted, and those
 * that a test names do.
 */
final class FaultyFiles extends FileSystemProvider {
  private final FileSystem plain = FileSystems.getDefault();
  private final FileSystemProvider provider = plain.provider();
  private final FileSystem system = new ShareSystem(this);
  private final List<String> made = new ArrayList<>();
  private Plan plan = Plan.NONE;

  /**
   * Which calls fail, and how.
   *
   * @param first the number of the first call that fails, from 1
   * @param last that of the last one
   * @param done whether a call is made all the same, and only its answer is lost
   */
  record Plan(int first, int last, boolean done, Fault fault) {
    static final Plan NONE = new Plan(0, 0, false, () -> new IOException("none"));

    boolean hits(int call) {
      return call >= first && call <= last;
    }
  }

  @FunctionalInterface
  interface Fault {
    IOException make();
  }

  /** A path of this machine, on the share. */
  Path of(Path path) {
    return (Path)
        Proxy.newProxyInstance(
            FaultyFiles.class.getClassLoader(),
            new Class<?>[] {Path.class, Shared.class},
            (proxy, method, args) -> onPath(path, method, args));
  }

  /** What every path of the share is beside a path. */
  interface Shared {
    Path plain();
  }

  private @Nullable Object onPath(Path path, Method method, Object @Nullable [] args)
      throws Throwable {
    return switch (method.getName()) {
      case "plain" -> path;
      case "getFileSystem" -> system;
      default -> {
        Object result = invoke(path, method, args);
        yield result instanceof Path other ? of(other) : result;
      }
    };
  }

  private static @Nullable Object invoke(Object on, Method method, Object @Nullable [] args)
      throws Throwable {
    try {
      Object[] given = args == null ? new Object[0] : args;
      return method.invoke(on, Arrays.stream(given).map(FaultyFiles::bare).toArray());
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static @Nullable Object bare(@Nullable Object given) {
    return given instanceof Shared shared ? shared.plain() : given;
  }

  private static Path plain(Path path) {
    return path instanceof Shared shared ? shared.plain() : path;
  }

  /** From now on calls are counted from 1, and fail like this. */
  void begin(Plan next) {
    plan = next;
    made.clear();
  }

  /** The calls since, in words. */
  List<String> calls() {
    return List.copyOf(made);
  }

  @FunctionalInterface
  private interface Call<T extends @Nullable Object> {
    T make() throws IOException;
  }

  private <T extends @Nullable Object> T call(String name, Call<T> call) throws IOException {
    made.add(name);
    if (!plan.hits(made.size())) {
      return call.make();
    }
    if (plan.done()) {
      call.make();
    }
    throw plan.fault().make();
  }

  /** The answer of a call that opened something is never lost, for that would stay open. */
  private <T> T open(String name, Call<T> call) throws IOException {
    made.add(name);
    if (plan.hits(made.size())) {
      throw plan.fault().make();
    }
    return call.make();
  }

  @Override
  public String getScheme() {
    return "faulty";
  }

  @Override
  public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
    throw new UnsupportedOperationException();
  }

  @Override
  public FileSystem getFileSystem(URI uri) {
    return system;
  }

  @Override
  public Path getPath(URI uri) {
    throw new UnsupportedOperationException();
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    SeekableByteChannel channel =
        open("open", () -> provider.newByteChannel(plain(path), options, attributes));
    return (SeekableByteChannel)
        Proxy.newProxyInstance(
            FaultyFiles.class.getClassLoader(),
            new Class<?>[] {SeekableByteChannel.class},
            (proxy, method, args) -> onChannel(channel, method, args));
  }

  private @Nullable Object onChannel(
      SeekableByteChannel channel, Method method, Object @Nullable [] args) throws Throwable {
    if (method.getName().equals("close")) {
      channel.close();
    }
    if (method.getExceptionTypes().length == 0) {
      return invoke(channel, method, args);
    }
    return open(
        method.getName(),
        () -> {
          try {
            return invoke(channel, method, args);
          } catch (IOException | RuntimeException e) {
            throw e;
          } catch (Throwable e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Override
  public DirectoryStream<Path> newDirectoryStream(
      Path folder, DirectoryStream.Filter<? super Path> filter) throws IOException {
    DirectoryStream<Path> entries =
        open("list", () -> provider.newDirectoryStream(plain(folder), filter));
    Iterator<Path> iterator = entries.iterator();
    return new DirectoryStream<>() {
      @Override
      public Iterator<Path> iterator() {
        return new Iterator<>() {
          @Override
          public boolean hasNext() {
            try {
              return open("list on", iterator::hasNext);
            } catch (IOException e) {
              throw new DirectoryIteratorException(e);
            }
          }

          @Override
          public Path next() {
            return of(iterator.next());
          }
        };
      }

      @Override
      public void close() throws IOException {
        entries.close();
        call("close list", () -> null);
      }
    };
  }

  @Override
  public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
    call(
        "create folder",
        () -> {
          provider.createDirectory(plain(folder), attributes);
          return null;
        });
  }

  @Override
  public void delete(Path path) throws IOException {
    call(
        "delete",
        () -> {
          provider.delete(plain(path));
          return null;
        });
  }

  @Override
  public void copy(Path source, Path target, CopyOption... options) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void move(Path source, Path target, CopyOption... options) throws IOException {
    call(
        "move",
        () -> {
          provider.move(plain(source), plain(target), options);
          return null;
        });
  }

  @Override
  public boolean isSameFile(Path path, Path other) throws IOException {
    return call("compare", () -> provider.isSameFile(plain(path), plain(other)));
  }

  @Override
  public boolean isHidden(Path path) throws IOException {
    return call("hidden", () -> provider.isHidden(plain(path)));
  }

  @Override
  public FileStore getFileStore(Path path) throws IOException {
    return call("store", () -> provider.getFileStore(plain(path)));
  }

  @Override
  public void checkAccess(Path path, AccessMode... modes) throws IOException {
    call(
        "check",
        () -> {
          provider.checkAccess(plain(path), modes);
          return null;
        });
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path path, Class<V> type, LinkOption... options) {
    return provider.getFileAttributeView(plain(path), type, options);
  }

  @Override
  public <A extends BasicFileAttributes> A readAttributes(
      Path path, Class<A> type, LinkOption... options) throws IOException {
    return call("look at", () -> provider.readAttributes(plain(path), type, options));
  }

  @Override
  public Map<String, Object> readAttributes(Path path, String which, LinkOption... options)
      throws IOException {
    return call("look at", () -> provider.readAttributes(plain(path), which, options));
  }

  @Override
  public void setAttribute(Path path, String name, Object value, LinkOption... options) {
    throw new UnsupportedOperationException();
  }

  /** What a path asks about where it lies. */
  private static final class ShareSystem extends FileSystem {
    private final FaultyFiles share;
    private final FileSystem plain = FileSystems.getDefault();

    ShareSystem(FaultyFiles share) {
      this.share = share;
    }

    @Override
    public FileSystemProvider provider() {
      return share;
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
      return plain.supportedFileAttributeViews();
    }

    @Override
    public String getSeparator() {
      return plain.getSeparator();
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public boolean isReadOnly() {
      return false;
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<Path> getRootDirectories() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Iterable<FileStore> getFileStores() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Path getPath(String first, String... more) {
      return share.of(plain.getPath(first, more));
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
      throw new UnsupportedOperationException();
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
      throw new UnsupportedOperationException();
    }

    @Override
    public WatchService newWatchService() {
      throw new UnsupportedOperationException();
    }
  }
}
