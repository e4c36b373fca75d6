namespace Weir;

/// <summary>
/// Environment variables as whoever gave the command has them. A command may run in another process than the one it was given to; what the
/// project reads must be the caller's.
/// </summary>
public static class CallerVariables
{
    private static readonly AsyncLocal<IReadOnlyDictionary<string, string>?> Current = new();

    /// <summary>A variable's value; null if it is not set.</summary>
    public static string? Get(string name) => Current.Value is { } caller ? caller.GetValueOrDefault(name) : Environment.GetEnvironmentVariable(name);

    /// <summary>From now on, in this flow of control, the variables are these alone.</summary>
    public static void Use(IReadOnlyDictionary<string, string> variables) => Current.Value = variables;
}
