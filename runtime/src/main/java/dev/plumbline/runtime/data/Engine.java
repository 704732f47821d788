package dev.plumbline.runtime.data;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An in-memory DuckDB that can read one file and nothing else: no extensions, no other file, no network, no writing, a
 * memory limit, and a configuration that no statement can change any more. For one thread, but any thread may cancel.
 */
final class Engine implements AutoCloseable {
    private static final long MEBIBYTE = 1024L * 1024L;

    private final Connection connection;
    private final Path path;
    private final String file;
    private final List<Statement> running = new ArrayList<>();
    private boolean cancelled;

    private Engine(Connection connection, Path path) {
        this.connection = connection;
        this.path = path.toAbsolutePath().normalize();
        this.file = Sql.text(this.path.toString());
    }

    /** Opens one that reads this file only. */
    static Engine open(Path path, long memoryBytes) throws SQLException {
        Engine engine = new Engine(DriverManager.getConnection("jdbc:duckdb:"), path);
        try {
            engine.execute("SET autoinstall_known_extensions = false");
            engine.execute("SET autoload_known_extensions = false");
            engine.execute("SET allowed_paths = [" + engine.file + "]");
            engine.execute("SET temp_directory = ''");
            engine.execute("SET memory_limit = '" + Math.max(64, memoryBytes / MEBIBYTE) + "MiB'");
            engine.execute("SET threads = 2");
            engine.execute("SET enable_external_access = false");
            engine.execute("SET lock_configuration = true");
            return engine;
        } catch (SQLException e) {
            engine.close();
            throw e;
        }
    }

    /** The file that it may read. */
    Path path() {
        return path;
    }

    /** The file that it may read, as an SQL text. */
    String file() {
        return file;
    }

    void execute(String sql) throws SQLException {
        run(statement -> statement.execute(sql));
    }

    <T> List<T> query(String sql, Reader<T> reader) throws SQLException {
        return run(statement -> {
            List<T> rows = new ArrayList<>();
            try (ResultSet results = statement.executeQuery(sql)) {
                while (results.next()) {
                    rows.add(reader.read(results));
                }
            }
            return rows;
        });
    }

    long count(String sql) throws SQLException {
        return query(sql, results -> results.getLong(1)).getFirst();
    }

    /** Ends the running statement and refuses further ones. */
    void cancel() throws SQLException {
        synchronized (running) {
            cancelled = true;
            for (Statement statement : running) {
                statement.cancel();
            }
        }
    }

    private <T> T run(Work<T> work) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            synchronized (running) {
                if (cancelled) {
                    throw new SQLException("the reading was cancelled");
                }
                running.add(statement);
            }
            try {
                return work.with(statement);
            } finally {
                synchronized (running) {
                    running.remove(statement);
                }
            }
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    /** Takes one row of a result. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private interface Work<T> {
        T with(Statement statement) throws SQLException;
    }
}
