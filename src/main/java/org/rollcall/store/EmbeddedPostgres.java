package org.rollcall.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.rollcall.settings.Secret;

/**
 * The PostgreSQL under {@code data/}, shared by every process that uses the same home.
 *
 * <p>The server is a process of its own: it outlives a hub that was killed, and the next one to
 * open the home attaches to it. {@link HomeLock} decides who initialises, starts and stops it, so
 * that the last one to close stops it and two that open at once start it once.
 *
 * <p>It listens on the loopback only and asks for a password that is generated into {@code
 * data/postgres-password}, readable by its owner alone.
 */
final class EmbeddedPostgres {
  static final String USER = "rollcall";
  private static final String UNFINISHED = "postgres-unfinished-";
  private static final int TRIES = 3;
  private static final long LIMIT_SECONDS = 120;
  private static final long LOG_LIMIT_BYTES = 10_000_000;

  private final Path data;
  private final Path cluster;
  private final Path passwordFile;
  private final Path log;
  private int port;

  private EmbeddedPostgres(Path data) {
    this.data = data;
    this.cluster = data.resolve("postgres");
    this.passwordFile = data.resolve("postgres-password");
    this.log = data.resolve("postgres.log");
  }

  /** Starts the home's server or attaches to the one that runs. */
  static EmbeddedPostgres use(Path home) {
    Path data = home.toAbsolutePath().normalize().resolve("data");
    try {
      EmbeddedPostgres server = new EmbeddedPostgres(Files.createDirectories(data).toRealPath());
      HomeLock.enter(server.lockFile(), server::startUnlessRunning);
      return server;
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException(
          "cannot start the embedded PostgreSQL in " + data + ": " + Trouble.sentence(e), e);
    }
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  Secret password() {
    try {
      return new Secret(Files.readString(passwordFile).strip());
    } catch (IOException e) {
      throw new StoreException("cannot read " + passwordFile, e);
    }
  }

  /** Stops the server unless somebody else still uses it. */
  void release() {
    try {
      HomeLock.leave(lockFile(), this::stop);
    } catch (IOException e) {
      throw new StoreException("cannot stop the embedded PostgreSQL in " + data, e);
    }
  }

  private Path lockFile() {
    return data.resolve("postgres.lock");
  }

  private void stop(boolean alone) throws IOException {
    if (Postmaster.in(cluster).isEmpty()) {
      return;
    }
    PostgresCommands.Ended stopped =
        PostgresCommands.forClusterIn(data)
            .run("pg_ctl", "stop", "--mode=fast", "--timeout=" + LIMIT_SECONDS, "-D" + cluster);
    if (!stopped.well()) {
      throw new StoreException(
          "the embedded PostgreSQL in "
              + cluster
              + " does not stop: "
              + Trouble.sentence(stopped.output(), log));
    }
  }

  private void startUnlessRunning(boolean alone) throws IOException {
    String output = "";
    for (int attempt = 1; attempt <= TRIES; attempt++) {
      Optional<Postmaster> running = running();
      if (running.isPresent()) {
        port = running.get().port();
        return;
      }
      refuseUnless(alone);
      PostgresCommands.Ended started = start();
      if (started.well()) {
        return;
      }
      // A port taken meanwhile, or a start that a killed hub had left behind: look again.
      output = endOfLog() + "\n" + started.output();
    }
    throw new StoreException(
        "the embedded PostgreSQL in "
            + cluster
            + " does not start: "
            + Trouble.sentence(output, log));
  }

  /** A server in another container has a process number we cannot see, but its hub has the lock. */
  private void refuseUnless(boolean alone) {
    if (!alone) {
      throw new StoreException(
          "another Rollcall uses "
              + data
              + ", but its PostgreSQL is not to be found here: stop that one first; if both run in"
              + " containers, give each its own data folder or one rollcall.database.url");
    }
  }

  private Optional<Postmaster> running() throws IOException {
    Optional<Postmaster> running = Postmaster.in(cluster);
    if (running.isPresent() && running.get().stopping()) {
      awaitEnd(running.get());
      return Optional.empty();
    }
    return running;
  }

  private PostgresCommands.Ended start() throws IOException {
    PostgresCommands commands = PostgresCommands.forClusterIn(data);
    if (!Files.exists(cluster)) {
      initialise(commands);
    }
    refuseOtherVersion(commands);
    Files.deleteIfExists(cluster.resolve("postmaster.pid"));
    prepareLog();
    port = freePort();
    Files.writeString(cluster.resolve("postgresql.conf"), configuration());
    commands.own(cluster);
    commands.own(log);
    return commands.run(
        "pg_ctl", "start", "--wait", "--timeout=" + LIMIT_SECONDS, "-D" + cluster, "--log=" + log);
  }

  /** In a folder of its own that is renamed when complete: half a cluster never gets the name. */
  private void initialise(PostgresCommands commands) throws IOException {
    removeUnfinished();
    if (!Files.exists(passwordFile)) {
      writePassword();
    }
    Path unfinished = Files.createTempDirectory(data, UNFINISHED);
    try {
      initialise(commands, unfinished);
    } finally {
      PostgresBinaries.delete(unfinished);
    }
  }

  private void initialise(PostgresCommands commands, Path unfinished) throws IOException {
    Path password = Files.copy(passwordFile, unfinished.resolve("password"));
    Path fresh = Files.createDirectory(unfinished.resolve("cluster"));
    restrict(password, "rw-------");
    restrict(fresh, "rwx------");
    commands.own(unfinished);
    PostgresCommands.Ended ended = initdb(commands, fresh, password);
    if (!ended.well()) {
      throw new StoreException(
          "cannot set up the embedded PostgreSQL in "
              + cluster
              + ": "
              + Trouble.sentence(ended.output(), log));
    }
    Files.move(fresh, cluster, StandardCopyOption.ATOMIC_MOVE);
  }

  private static PostgresCommands.Ended initdb(
      PostgresCommands commands, Path into, Path password) {
    return commands.run(
        "initdb",
        "-D" + into,
        "--username=" + USER,
        "--pwfile=" + password,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        // Case folding beyond ASCII, the same on every operating system.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8");
  }

  private void removeUnfinished() throws IOException {
    try (Stream<Path> files = Files.list(data)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(UNFINISHED)) {
          PostgresBinaries.delete(file);
        }
      }
    }
  }

  private void writePassword() throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    Path fresh = Files.createTempFile(data, UNFINISHED, "");
    restrict(fresh, "rw-------");
    Files.writeString(fresh, HexFormat.of().formatHex(random));
    Files.move(fresh, passwordFile, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void restrict(Path file, String permissions) throws IOException {
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
  }

  private void refuseOtherVersion(PostgresCommands commands) throws IOException {
    String written = Files.readString(cluster.resolve("PG_VERSION")).strip();
    String ours = commands.run("postgres", "--version").output();
    if (!ours.matches(".*\\) " + written + "(\\D.*)?")) {
      throw new StoreException(
          cluster
              + " was written by PostgreSQL "
              + written
              + ", but this Rollcall brings "
              + ours.replaceFirst(".*\\) ", "PostgreSQL ")
              + ": use the Rollcall that wrote it, or carry the data over with pg_dump");
    }
  }

  private String configuration() {
    return """
    # Written by Rollcall at every start; your own settings go into local.conf beside this file.
    listen_addresses = '127.0.0.1'
    port = %d
    unix_socket_directories = ''
    max_connections = 60
    shared_buffers = 128MB
    work_mem = 32MB
    maintenance_work_mem = 128MB
    max_wal_size = 2GB
    checkpoint_timeout = 15min
    checkpoint_completion_target = 0.9
    fsync = on
    synchronous_commit = on
    jit = off
    timezone = 'UTC'
    log_timezone = 'UTC'
    lc_messages = 'C'
    # No row and no parameter may reach the log: they hold addresses.
    log_error_verbosity = terse
    log_min_error_statement = panic
    log_parameter_max_length = 0
    log_line_prefix = '%%m [%%p] '
    include_if_exists = 'local.conf'
    """
        .formatted(port);
  }

  private void prepareLog() throws IOException {
    if (Files.exists(log) && Files.size(log) > LOG_LIMIT_BYTES) {
      Files.move(log, data.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
    if (!Files.exists(log)) {
      Files.createFile(log);
      restrict(log, "rw-------");
    }
  }

  private String endOfLog() throws IOException {
    List<String> lines = Files.readAllLines(log);
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket =
        new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      return socket.getLocalPort();
    }
  }

  private void awaitEnd(Postmaster stopping) {
    try {
      stopping.process().onExit().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new StoreException("the embedded PostgreSQL in " + cluster + " does not stop", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while PostgreSQL was stopping", e);
    }
  }
}
