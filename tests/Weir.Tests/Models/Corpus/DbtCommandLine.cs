using System.Globalization;
using System.Text.RegularExpressions;
using Weir.Models;

namespace Weir.Tests.Models.Corpus;

/// <summary>A recorded command line of dbt as requests to Weir.</summary>
internal sealed partial class DbtCommandLine
{
    private readonly List<string> select = [];
    private readonly List<string> exclude = [];
    private readonly List<string> types = [];
    private readonly List<string> excludedTypes = [];

    private DbtCommandLine(string folder, IReadOnlyList<string> words)
    {
        Verb = words.Count > 0 ? words[0] : "ls";
        if (Verb is "show" or "run-operation")
            throw new NotSupportedException($"the command {Verb}");
        Request = new BuildRequest(select) { Exclude = exclude, ResourceTypes = types, ExcludeResourceTypes = excludedTypes, Publish = PublishMode.AsDbt, TargetFolder = Path.Combine(folder, "target") };
        (string? profile, string? target, var vars, ProjectFolder) = (null, null, (IReadOnlyDictionary<string, object?>)new Dictionary<string, object?>(), folder);
        for (var i = 1; i < words.Count; i++)
        {
            string Value() => words[++i];
            DateTime Day() => DateTime.SpecifyKind(DateTime.Parse(Value(), CultureInfo.InvariantCulture), DateTimeKind.Utc);
            switch (words[i])
            {
                case "-s" or "--select": Many(words, ref i, select); break;
                case "--exclude": Many(words, ref i, exclude); break;
                case "--resource-type": types.Add(Value()); break;
                case "--exclude-resource-type": excludedTypes.Add(Value()); break;
                case "--selector": Request = Request with { Selector = Value() }; break;
                case "--indirect-selection": Request = Request with { Indirect = Enum.Parse<IndirectSelection>(Value(), ignoreCase: true) }; break;
                case "--full-refresh": Request = Request with { FullRefresh = true }; break;
                case "--empty": Request = Request with { Empty = true }; break;
                case "--fail-fast": Request = Request with { FailFast = true }; break;
                case "--warn-error": Request = Request with { WarnError = true }; break;
                case "--store-failures": Request = Request with { StoreFailures = true }; break;
                case "--event-time-start": Request = Request with { EventTimeStart = Day() }; break;
                case "--event-time-end": Request = Request with { EventTimeEnd = Day() }; break;
                case "--state": Request = Request with { State = Path.Combine(folder, Value()) }; break;
                case "--defer": Request = Request with { Defer = true }; break;
                case "--target-path" or "--threads" or "--output": i++; break;
                case "--show-all-deprecations": break;
                case "--inline" or "--args": throw new NotSupportedException($"option {words[i]}");
                case "-t" or "--target": target = Value(); break;
                case "--profile": profile = Value(); break;
                case "--project-dir": ProjectFolder = Path.Combine(folder, Value()); break;
                case "--vars": vars = ProjectVars.Parse(Value()); break;
                case "freshness" when Verb == "source": Verb = "freshness"; break;
                default: throw new WeirException("WEIR1001", $"there is no option {words[i]}");
            }
        }

        Options = new ProjectOptions { Vars = vars, WarnError = Request.WarnError, Command = Verb, Target = DbtProfiles.Read(ProjectFolder, null, profile, target, vars) };
        if (Enum.TryParse<BuildCommand>(Verb, ignoreCase: true, out var command))
            Request = Request with { Command = command };
    }

    public string Verb { get; }

    public string ProjectFolder { get; }

    public BuildRequest Request { get; private set; }

    public ProjectOptions Options { get; }

    /// <exception cref="WeirException">A value is wrong, or there is no such profile.</exception>
    /// <exception cref="NotSupportedException">An option or command that Weir does not have.</exception>
    public static DbtCommandLine Parse(string folder, string text) => new(folder, [.. Words(text)]);

    private static void Many(IReadOnlyList<string> words, ref int i, List<string> into)
    {
        while (i + 1 < words.Count && !words[i + 1].StartsWith('-'))
            into.Add(words[++i]);
    }

    private static IEnumerable<string> Words(string text) =>
        Word().Matches(text).Select(word => word.Groups.Values.Skip(1).First(group => group.Success).Value);

    [GeneratedRegex("'([^']*)'|\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)")]
    private static partial Regex Word();
}
