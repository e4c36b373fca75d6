using System.ComponentModel;
using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Weir.DuckDb.Databases;
using Weir.DuckDb.Native;

namespace Weir.DuckDb;

/// <summary>
/// A connection to a DuckDB database. Connections of one process to one file share the database; each <c>:memory:</c> is private to
/// the connection and its <see cref="Duplicate"/>s. One thread at a time uses a connection; threads that run queries side by side have one each.
/// </summary>
[DesignerCategory("Code")]
public sealed partial class DuckDBConnection : DbConnection
{
    // It is printed unless told otherwise.
    private const string ProgressSettings = "set enable_progress_bar = true; set enable_progress_bar_print = false; set progress_bar_time = 0";

    private string connectionString = "";
    private DatabaseAddress? address;
    private Database? database;
    private ConnectionHandle? handle;

    /// <summary>A connection without a connection string yet.</summary>
    public DuckDBConnection()
    {
    }

    /// <param name="connectionString"><c>Data Source=&lt;file&gt;</c> or <c>Data Source=:memory:</c>; every further key is a DuckDB setting,
    /// for example <c>;threads=2;memory_limit=1GB;access_mode=READ_ONLY</c>.</param>
    /// <exception cref="ArgumentException">The text is no connection string, or names no data source.</exception>
    public DuckDBConnection(string connectionString) => ConnectionString = connectionString;

    /// <inheritdoc/>
    [AllowNull]
    public override string ConnectionString
    {
        get => connectionString;
        set
        {
            if (State != ConnectionState.Closed)
                throw new InvalidOperationException("The connection is open; its connection string can only be set while it is closed.");
            address = string.IsNullOrEmpty(value) ? null : DatabaseAddress.Parse(value);
            connectionString = value ?? "";
        }
    }

    /// <summary>The database's name in SQL, as DuckDB derives it from the file name.</summary>
    public override string Database => address?.Path is { } path ? Path.GetFileNameWithoutExtension(path) : "memory";

    /// <summary>The full path of the file, or <c>:memory:</c>.</summary>
    public override string DataSource => address is null ? "" : address.Path ?? DatabaseAddress.Memory;

    /// <summary>DuckDB's version, for example <c>v1.5.6</c>.</summary>
    public override unsafe string ServerVersion
    {
        get
        {
            NativeLibraryFile.EnsureLoaded();
            return Utf8.Borrow(NativeMethods.duckdb_library_version());
        }
    }

    /// <inheritdoc/>
    public override ConnectionState State => handle is null ? ConnectionState.Closed : ConnectionState.Open;

    /// <summary>How far the running query is, 0 to 100; null when none runs, DuckDB cannot tell, or <see cref="MeasureProgress"/> was not called. Any thread may ask.</summary>
    public double? QueryProgress =>
        handle is { } open && NativeMethods.duckdb_query_progress(open).Percentage is >= 0 and var percent ? Math.Min(percent, 100) : null;

    internal ConnectionHandle Handle => handle ?? throw new InvalidOperationException("The connection is closed; call Open() first.");

    internal OpenThings OpenThings { get; } = new();

    internal Lock Gate { get; } = new();

    internal DuckDBTransaction? Transaction { get; set; }

    /// <inheritdoc/>
    /// <exception cref="WeirException">WEIR8001: another process has the file open. WEIR8002: libduckdb cannot be loaded. WEIR8003: this process has the file
    /// open with other settings.</exception>
    /// <exception cref="DuckDBException">DuckDB refused, for example a damaged file or an unknown setting.</exception>
    public override void Open()
    {
        if (State != ConnectionState.Closed)
            throw new InvalidOperationException("The connection is open already.");
        Connect(Databases.Database.Acquire(address ?? throw new InvalidOperationException("The connection has no connection string.")));
    }

    /// <summary>Measures the progress of this connection's queries from now on. DuckDB does so after each small step, which a short query feels.</summary>
    public void MeasureProgress() => this.Execute(ProgressSettings);

    internal void EnsureFunction(string name, Action register)
    {
        _ = Handle;
        database!.EnsureFunction(name, register);
    }

    /// <summary>Another open connection to the same database, in-memory ones included.</summary>
    public DuckDBConnection Duplicate()
    {
        _ = Handle;
        var duplicate = new DuckDBConnection { address = address, connectionString = connectionString };
        duplicate.Connect(database!.Retain());
        return duplicate;
    }

    /// <summary>Closes whatever is still open on the connection, and the database with its last connection.</summary>
    public override void Close()
    {
        if (handle is null)
            return;
        Transaction?.Dispose();
        OpenThings.DisposeAll();
        Disconnect();
        OnStateChange(new StateChangeEventArgs(ConnectionState.Open, ConnectionState.Closed));
    }

    /// <summary>An appender for a table: by far the fastest way to insert many rows from a program.</summary>
    /// <param name="schema">The table's schema; null for the current one.</param>
    /// <param name="table">The table.</param>
    public DuckDBAppender CreateAppender(string? schema, string table) => new(this, null, schema, table);

    /// <summary>An appender for a table in the current schema.</summary>
    public DuckDBAppender CreateAppender(string table) => CreateAppender(null, table);

    /// <inheritdoc cref="DbConnection.CreateCommand"/>
    public new DuckDBCommand CreateCommand() => new() { Connection = this, Transaction = Transaction };

    /// <inheritdoc cref="DbConnection.BeginTransaction()"/>
    public new DuckDBTransaction BeginTransaction() => BeginTransaction(IsolationLevel.Unspecified);

    /// <inheritdoc cref="DbConnection.BeginTransaction(IsolationLevel)"/>
    public new DuckDBTransaction BeginTransaction(IsolationLevel isolationLevel) => new(this, isolationLevel);

    /// <summary>Makes another attached database and its main schema the current ones.</summary>
    public override void ChangeDatabase(string databaseName) =>
        this.Execute($"use \"{databaseName.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");

    /// <inheritdoc/>
    protected override DbTransaction BeginDbTransaction(IsolationLevel isolationLevel) => BeginTransaction(isolationLevel);

    /// <inheritdoc/>
    protected override DbCommand CreateDbCommand() => CreateCommand();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        else if (handle is not null)
            Disconnect(); // forgotten: the count of the shared database must still go down
        base.Dispose(disposing);
    }

    private void Connect(Database acquired)
    {
        if (NativeMethods.duckdb_connect(acquired.Handle, out var pointer) != 0)
        {
            acquired.Release();
            throw new DuckDBException($"Connection Error: DuckDB refused another connection to {DataSource}");
        }
        database = acquired;
        handle = new ConnectionHandle(pointer);
        OnStateChange(new StateChangeEventArgs(ConnectionState.Closed, ConnectionState.Open));
    }

    private void Disconnect()
    {
        handle!.Dispose();
        handle = null;
        database!.Release();
        database = null;
    }
}
