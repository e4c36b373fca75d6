using System.CommandLine;
using Weir.Configuration;
using Weir.Output;
using Weir.Roles.Ownership;

namespace Weir.Commands;

/// <summary>The options that every command takes.</summary>
internal static class CommonOptions
{
    public static readonly Option<string> Project = new("--project")
    {
        Description = "The project's folder, which holds weir.yml",
        DefaultValueFactory = _ => ".",
        Recursive = true,
        HelpName = "DIR",
    };

    public static readonly Option<string?> Data = new("--data") { Description = "The data folder [default: .weir/<env> in the project]", Recursive = true, HelpName = "DIR" };

    public static readonly Option<string?> Environment = new("--env") { Description = "The environment of weir.yml [default: local]", Recursive = true, HelpName = "NAME" };

    public static readonly Option<OutputFormat> Format = new("--format")
    {
        Description = "How data is written to stdout",
        DefaultValueFactory = _ => OutputFormat.Table,
        Recursive = true,
    };

    public static ProjectSettings Settings(this ParseResult result) =>
        OwnerSession.Current?.Settings ?? ProjectFile.Read(result.GetValue(Project)!, result.GetValue(Environment), result.GetValue(Data));
}
