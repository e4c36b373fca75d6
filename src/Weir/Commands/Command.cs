using System.CommandLine;
using Weir.DuckDb;
using Weir.Output;
using Weir.Roles;
using Weir.Roles.Ownership;

namespace Weir.Commands;

/// <summary>How every command runs: errors as sentences with a code, Ctrl-C as an exit code.</summary>
internal static class CommandExtensions
{
    public static Command Does(this Command command, Func<ParseResult, CancellationToken, Task<int>> action)
    {
        command.SetAction(async (result, cancellationToken) =>
        {
            try
            {
                return await action(result, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return ExitCodes.Cancelled;
            }
            catch (Exception error)
            {
                var coded = Coded(error);
                People.Error(coded);
                return ExitCodes.Of(coded);
            }
        });
        return command;
    }

    /// <summary>How a command runs that needs the warehouse: in the process that has it, or, where none does, in this one, which has it meanwhile.</summary>
    /// <param name="command">The command.</param>
    /// <param name="prepare">Reads what only this process can read: a file, stdin.</param>
    /// <param name="arguments">The same command for the owner.</param>
    /// <param name="action">What it does.</param>
    /// <param name="without">What it does instead, where it needs no Weir project: null where it needs one.</param>
    public static Command DoesInOwner<T>(
        this Command command, Func<ParseResult, CancellationToken, Task<T>> prepare, Func<ParseResult, T, IReadOnlyList<string>> arguments,
        Func<ParseResult, T, OwnedWarehouse, Workspace, CancellationToken, Task<int>> action,
        Func<ParseResult, CancellationToken, Task<int>?>? without = null) => command.Does(async (result, cancellationToken) =>
    {
        const string HasAnother = "WEIR8001";
        const int Attempts = 15;
        if (without?.Invoke(result, cancellationToken) is { } other) return await other;
        var settings = result.Settings();
        var prepared = await prepare(result, cancellationToken);
        using var workspace = new Workspace(settings, TimeProvider.System);
        if (OwnerSession.Current is { } session) return await action(result, prepared, session.Warehouse, workspace, cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            if (OwnerFile.Read(settings.DataFolder) is { } owner) return await new OwnerClient(owner).RunAsync(settings, arguments(result, prepared), cancellationToken);
            try
            {
                using var warehouse = workspace.OpenWarehouse();
                return await action(result, prepared, warehouse, workspace, cancellationToken);
            }
            catch (WeirException e) when (e.Code == HasAnother && attempt < Attempts)
            {
                // An owner that is starting or ending, or a command that has it for a moment.
                await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
            }
        }
    });

    /// <summary>Whatever happens has a code: a stack trace says nothing to a person.</summary>
    private static WeirException Coded(Exception error) => error switch
    {
        WeirException weir => weir,
        DuckDBException => new WeirException("WEIR8103", $"The engine refused: {error.Message}", error),
        IOException or UnauthorizedAccessException => new WeirException("WEIR1005",
            $"The disk refused: {error.Message} Check the folder's space and permissions; what was acknowledged stays, run the command again.", error),
        _ => new WeirException("WEIR1015", $"Something that Weir did not foresee: {error.GetType().Name}: {error.Message} What was acknowledged or committed stays. Please report it, with this: {error.StackTrace?.Split('\n')[0].Trim()}", error),
    };

    public static Command With(this Command command, params IEnumerable<Symbol> symbols)
    {
        foreach (var symbol in symbols)
        {
            if (symbol is Option option) command.Options.Add(option);
            else if (symbol is Argument argument) command.Arguments.Add(argument);
        }
        return command;
    }
}
