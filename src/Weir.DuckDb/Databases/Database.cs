using Weir.DuckDb.Native;

namespace Weir.DuckDb.Databases;

/// <summary>An open database, shared by all connections of this process to the same file, and closed with the last of them.</summary>
internal sealed class Database
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<string, Database> Shared =
        new(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);

    private readonly DatabaseAddress address;
    private readonly HashSet<string> functions = new(StringComparer.Ordinal);
    private int users = 1;

    private Database(DatabaseAddress address)
    {
        this.address = address;
        Handle = DatabaseOpener.Open(address);
    }

    public DatabaseHandle Handle { get; }

    /// <summary>Opens the database, or joins those who have it open.</summary>
    /// <exception cref="WeirException">WEIR8001: another process has the file; WEIR8003: this process has it open with other settings.</exception>
    /// <exception cref="DuckDBException">DuckDB refused to open it.</exception>
    public static Database Acquire(DatabaseAddress address)
    {
        if (address.Path is null)
            return new Database(address);
        lock (Gate)
        {
            if (Shared.TryGetValue(address.Path, out var open))
            {
                open.RequireSameSettings(address);
                open.users++;
                return open;
            }
            return Shared[address.Path] = new Database(address);
        }
    }

    /// <summary>Makes a function of the program known, once.</summary>
    public void EnsureFunction(string name, Action register)
    {
        lock (functions)
        {
            if (functions.Contains(name)) return;
            register();
            functions.Add(name);
        }
    }

    /// <summary>Counts one more user.</summary>
    public Database Retain()
    {
        lock (Gate)
        {
            ObjectDisposedException.ThrowIf(users == 0, this);
            users++;
        }
        return this;
    }

    /// <summary>Counts one user less; the last one closes.</summary>
    public void Release()
    {
        lock (Gate)
        {
            if (--users > 0)
                return;
            if (address.Path is not null)
                Shared.Remove(address.Path);
            Handle.Dispose();
        }
    }

    private void RequireSameSettings(DatabaseAddress other)
    {
        foreach (var (name, value) in other.Settings)
        {
            var current = address.Settings.GetValueOrDefault(name);
            if (current != value)
                throw new WeirException("WEIR8003",
                    $"{address.Path} is already open in this process with {name}={current ?? "(its default)"}, and was asked for with {name}={value}: " +
                    "a database has one value of each setting for all its connections. Use the same settings, or leave them out to join.");
        }
    }
}
