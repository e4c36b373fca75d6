namespace Weir.Tests.Collect.Clients;

/// <summary>Figures of a long run, for <c>eng/long/clients</c>: lines added to the file that <c>WEIR_CLIENTS_RESULT</c> names.</summary>
internal static class ClientFigures
{
    private static readonly Lock Gate = new();

    public static void Add(string table, string row)
    {
        if (Environment.GetEnvironmentVariable("WEIR_CLIENTS_RESULT") is not { } file) return;
        lock (Gate) File.AppendAllLines($"{file}.{table}", [row]);
    }
}
