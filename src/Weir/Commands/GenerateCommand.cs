using System.CommandLine;
using System.Globalization;
using Weir.Configuration;
using Weir.Generate;
using Weir.Generate.Load;
using Weir.Output;

namespace Weir.Commands;

/// <summary><c>weir generate --rate N --duration T --to URL</c>: realistic traffic for a collector, and what became of it.</summary>
internal static class GenerateCommand
{
    private static readonly LoadOptions Usual = new() { To = new Uri("http://127.0.0.1"), Duration = default, WriteKey = "" };

    public static Command Create()
    {
        var to = Text("--to", "The collector's address", $"http://127.0.0.1:{UpCommand.CollectPort}", "URL");
        var rate = Text("--rate", "Events a second; max: as fast as they are answered", "1000", "N");
        var duration = Text("--duration", "How long", "10s", "T");
        var batch = Text("--batch", "Events of a request", Number(Usual.Batch), "N");
        var size = Text("--event-size", "Pads each event to this size (2KB); 0: as they are, about 500 bytes", "0", "BYTES");
        var concurrency = Text("--concurrency", "Requests at a time", Number(Usual.Concurrency), "N");
        var dialect = Text("--dialect", "weir (lines for /v1/events) or segment (/v1/batch)", "weir", "NAME");
        var key = new Option<string?>("--write-key") { Description = "The write key [default: the sample shop's]", HelpName = "KEY" };
        var gzip = new Option<bool>("--gzip") { Description = "Compress the bodies" };
        var patience = Text("--patience", "How long after the end what is refused for the time being is sent again", "30s", "T");
        var seed = new Option<string?>("--seed") { Description = "Decides the shop and which events have which fault [default: another each time]", HelpName = "N" };
        var duplicates = Text("--duplicates", "The share of copies", Number(Usual.Duplicates), "SHARE");
        var anonymous = Text("--without-user", "The share of events without a user id", Number(Usual.WithoutUser), "SHARE");
        var malformed = Text("--malformed", "The share of malformed events: broken JSON, absurd times, no identity, …", Number(Usual.Malformed), "SHARE");
        var old = Text("--old-schema", "The share of clients with the old schema", Number(Usual.OldSchema), "SHARE");
        var zones = Text("--local-times", "The share of clients that write local times with an offset", Number(Usual.LocalTimes), "SHARE");
        var late = Text("--late", "The share of events that come up to six hours late", Number(Usual.Late), "SHARE");
        var truth = new Option<string?>("--truth") { Description = "Lists the accepted events in a file, a line of JSON each", HelpName = "FILE" };
        return new Command("generate", "Send a shop's traffic to a collector at a rate, and report what became of it")
            .With(rate, duration, to, batch, size, concurrency, dialect, key, gzip, patience, seed, duplicates, anonymous, malformed, old, zones, late, truth)
            .Does((result, cancellationToken) =>
            {
                double Share(Option<string> option) => Value(result, option, "a share from 0 to 1", text => Decimal(text) is >= 0 and <= 1 and var share ? share : (double?)null);
                int Count(Option<string> option, int most) => Value(result, option, $"a whole number from 1 to {most:N0}", text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= 1 && count <= most ? count : (int?)null);
                TimeSpan Time(Option<string> option) => Value(result, option, "a length of time such as 30s, 10m or 2h", text => Sizes.ParseDuration(text));
                var spoken = Value(result, dialect, "weir or segment", text => text switch { "weir" => LoadDialect.Weir, "segment" => LoadDialect.Segment, _ => (LoadDialect?)null });
                return RunAsync(new LoadOptions
                {
                    To = Address(result.GetValue(to)!),
                    Rate = result.GetValue(rate) == "max" ? null : Value(result, rate, "events a second (a number above 0), or max", text => Decimal(text) is > 0 and var number ? number : (double?)null),
                    Duration = Value(result, duration, "a length of time above 0, such as 30s, 10m or 2h", text => Sizes.ParseDuration(text) is { Ticks: > 0 } length ? length : (TimeSpan?)null),
                    Batch = Count(batch, 100_000),
                    EventBytes = Value(result, size, "a size up to 1MB, such as 2KB; or 0", text => Sizes.ParseBytes(text) is >= 0 and <= 1_000_000 and var bytes ? (int)bytes : (int?)null),
                    Concurrency = Count(concurrency, 4_096),
                    Dialect = spoken,
                    WriteKey = result.GetValue(key) ?? Shop.WriteKeys[spoken == LoadDialect.Segment ? "mobile" : "web"],
                    Gzip = result.GetValue(gzip),
                    Patience = Time(patience),
                    Seed = result.GetValue(seed) is { } given
                        ? int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong("--seed", given, $"a whole number from 0 to {int.MaxValue}")
                        : Random.Shared.Next(1_000_000),
                    Duplicates = Share(duplicates),
                    WithoutUser = Share(anonymous),
                    Malformed = Share(malformed),
                    OldSchema = Share(old),
                    LocalTimes = Share(zones),
                    Late = Share(late),
                }, result.GetValue(truth), result.GetValue(CommonOptions.Format), cancellationToken);
            });
    }

    private static async Task<int> RunAsync(LoadOptions options, string? truth, OutputFormat format, CancellationToken cancellationToken)
    {
        await using var list = truth is null ? null : Create(truth);
        People.Say($"  {(options.Rate is { } rate ? $"{rate:N0} events/s" : "As many events as are answered")} to {options.To} for {options.Duration:c}, {options.Batch:N0} a request, {options.Concurrency:N0} at a time; seed {options.Seed}");
        var report = await LoadRun.RunAsync(options, TimeProvider.System, list, now => People.Say(LoadTable.Line(now)), cancellationToken);
        LoadTable.Rows(report, options).Write(Console.Out, format);
        if (cancellationToken.IsCancellationRequested) return ExitCodes.Cancelled;
        return LoadTable.WhyNotAll(report, options) is { } why ? throw new WeirException("WEIR1042", why) : ExitCodes.Ok;
    }

    private static FileStream Create(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 20);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new WeirException("WEIR1040", $"--truth {path} cannot be written: {e.Message} Name a file in a folder that exists. Nothing was sent.", e);
        }
    }

    private static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.PathAndQuery == "/" ? uri
        : throw Wrong("--to", text, "an address without a path, such as http://127.0.0.1:8788; --dialect chooses the route");

    private static T Value<T>(ParseResult result, Option<string> option, string allowed, Func<string, T?> parse) where T : struct =>
        parse(result.GetValue(option)!) ?? throw Wrong(option.Name, result.GetValue(option)!, allowed);

    private static WeirException Wrong(string option, string value, string allowed) => new("WEIR1040", $"{option} {value} cannot be understood. Give {allowed}. Nothing was sent.");

    private static double? Decimal(string text) => double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Number(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static Option<string> Text(string name, string description, string value, string help) =>
        new(name) { Description = description, DefaultValueFactory = _ => value, HelpName = help };
}
