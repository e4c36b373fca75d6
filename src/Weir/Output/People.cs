using Spectre.Console;
using Weir.Roles.Ownership;

namespace Weir.Output;

/// <summary>Words for people, on stderr: stdout carries data only.</summary>
internal static class People
{
    private static readonly IAnsiConsole Own = Create();

    public static IAnsiConsole Console => CommandOutput.Current?.Console ?? Own;

    public static void Say(string text) => Console.WriteLine(text);

    public static void Good(string text) => Console.MarkupLine($"[green]✓[/] {Markup.Escape(text)}");

    public static void Warn(string text) => Console.MarkupLine($"[yellow]![/] {Markup.Escape(text)}");

    public static void Bad(string text) => Console.MarkupLine($"[red]✗[/] {Markup.Escape(text)}");

    /// <summary>An error with its code and where its page is.</summary>
    public static void Error(WeirException error)
    {
        // A mistake in a project's file says its code behind its place.
        var code = error.Message.Contains($": {error.Code} ", StringComparison.Ordinal) ? "✗" : error.Code;
        Console.MarkupLine($"[red]{code}[/] {Markup.Escape(error.Message)}");
        Console.MarkupLine($"[grey]docs/errors/{Markup.Escape(error.Code)}.md says more[/]");
    }

    private static IAnsiConsole Create()
    {
        // A file or pipe has neither colours nor a width: whoever reads it wraps lines, or searches them.
        var isPlain = System.Console.IsErrorRedirected;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(System.Console.Error),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (isPlain) console.Profile.Width = 10_000;
        return console;
    }

    /// <summary>Runs something that may take over a second behind a progress bar; where stderr is no terminal, a line at the end.</summary>
    public static async Task<T> WithProgress<T>(string title, Func<Action<double, string>, Task<T>> work)
    {
        if (CommandOutput.Current?.Caller is { } caller)
        {
            caller.Write(new OwnerLine(Begin: title));
            try
            {
                return await work((fraction, text) => caller.Write(new OwnerLine(Done: fraction, Text: text)));
            }
            finally
            {
                caller.Write(new OwnerLine(End: true));
            }
        }
        if (!Console.Profile.Capabilities.Interactive || System.Console.IsErrorRedirected)
        {
            return await work((_, _) => { });
        }
        return await Console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(Markup.Escape(title), maxValue: 1);
                return await work((fraction, text) =>
                {
                    task.Value = Math.Clamp(fraction, 0, 1);
                    task.Description = Markup.Escape(text.Length == 0 ? title : $"{title}: {text}");
                });
            });
    }
}
