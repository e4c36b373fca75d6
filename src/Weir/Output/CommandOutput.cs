using Spectre.Console;
using Weir.Roles.Ownership;

namespace Weir.Output;

/// <summary>Where a command writes to: this process's own stdout and stderr, or those of the process that it runs for.</summary>
/// <param name="Data">For rows.</param>
/// <param name="Console">For people.</param>
/// <param name="Caller">The other process; null: there is none.</param>
internal sealed record CommandOutput(TextWriter Data, IAnsiConsole Console, OwnerOutput? Caller)
{
    private static readonly AsyncLocal<CommandOutput?> Local = new();

    /// <summary>Of this flow of control; null: this process's own.</summary>
    public static CommandOutput? Current
    {
        get => Local.Value;
        set => Local.Value = value;
    }

    /// <summary>Stdout of the command.</summary>
    public static TextWriter Out => Current?.Data ?? System.Console.Out;
}
