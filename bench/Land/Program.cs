using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using Weir.Bench.Land;

// make EVENTS FOLDER [--old SHARE] [--invalid SHARE] [--hours N] [--lines off] | weir FOLDER DATA [--fast off] [--sync off] [--contracts on] [--mask on] [--round BYTES] | made EVENTS FOLDER | duckdb FOLDER TO
// produce FOLDER BROKERS [--partitions N] | kafka FOLDER BROKERS (options as weir) | read FOLDER BROKERS | consume FOLDER BROKERS
// ids EVENTS FOLDER | send FOLDER BROKERS --landed N --from N --to N | count FOLDER
// Each engine prints the seconds that its one pass over the data of FOLDER took, after a small one that readied it, and the rows that landed.
const int WarmUps = 5; // until the JIT has nothing left to do
string Option(string name, string otherwise) => Array.IndexOf(args, $"--{name}") is var at and >= 0 ? args[at + 1] : otherwise;
double Number(string name, double otherwise) => double.Parse(Option(name, otherwise.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
WeirRun Weir() => new(args[1], Option("fast", "on") == "on", Option("sync", "on") == "on", Option("contracts", "off") == "on", Option("mask", "off") == "on", (long)Number("round", 128_000_000), (int)Number("threads", 2));
KafkaRun Kafka() => new(args[2], Option("prefix", ""), args.Where(a => a.Contains('=', StringComparison.Ordinal)).Select(a => a.Split('=')).ToDictionary(a => a[0], a => a[1]));
switch (args[0])
{
    case "make":
        await new Maker(args[2], Number("old", 0), Number("invalid", 0), (int)Number("hours", 24), Option("lines", "on") == "on").WriteAsync(int.Parse(args[1], CultureInfo.InvariantCulture));
        break;
    case "weir":
        var run = Weir();
        for (var i = 0; i < WarmUps; i++)
        {
            Copy(Path.Combine(args[1], "small"), Path.Combine(args[1], $"small-{i}"));
            await run.LandAsync($"small-{i}");
            await JitAtRestAsync();
        }
        Print(await run.LandAsync("large"));
        break;
    case "produce":
        foreach (var name in (string[])["small", "large"]) await Kafka().ProduceAsync(args[1], name, (int)Number("partitions", 1));
        break;
    case "kafka":
        var landing = Weir();
        for (var i = 0; i < WarmUps; i++)
        {
            await landing.LandAsync(Kafka(), "small", $"small-{i}");
            await JitAtRestAsync();
        }
        Print(await landing.LandAsync(Kafka(), "large", "large"));
        break;
    case "read":
        for (var i = 0; i < WarmUps; i++) await Kafka().ReadAsync("small", Path.Combine(args[1], "small-topic"));
        Print(await Kafka().ReadAsync("large", Path.Combine(args[1], "large-topic")));
        break;
    case "consume":
        for (var i = 0; i < WarmUps; i++) Kafka().Consume("small", Path.Combine(args[1], "small-topic"));
        Print(Kafka().Consume("large", Path.Combine(args[1], "large-topic")));
        break;
    case "made":
        var texts = new Maker(args[2], 0, 0, 24, withLines: false).Texts(1000);
        Print(await new WeirRun(args[2], fast: true, sync: true, contracts: false, mask: false, 128_000_000, 2).LandMadeAsync(new MadeStream(texts, long.Parse(args[1], CultureInfo.InvariantCulture))));
        break;
    case "ids":
        Print(await new WeirRun(args[2], fast: true, sync: true, contracts: false, mask: false, 128_000_000, 2).LandMadeAsync(new MadeStream(MadeStream.SmallTexts, long.Parse(args[1], CultureInfo.InvariantCulture))));
        break;
    case "send":
        var landed = (long)Number("landed", 0);
        var (sent, fresh) = await Kafka().ProduceMadeAsync(new MadeStream(MadeStream.SmallTexts, landed), landed, (long)Number("from", 0), (long)Number("to", 0), (int)Number("partitions", 4));
        Console.WriteLine($"{sent} {fresh}");
        break;
    case "count":
        Console.WriteLine(WeirRun.Count(args[1]));
        break;
    case "duckdb":
        DuckDbRun.Land(Path.Combine(args[1], "small.ndjson"), Path.Combine(args[2], "small"));
        Print(DuckDbRun.Land(Path.Combine(args[1], "large.ndjson"), Path.Combine(args[2], "large")));
        break;
    default:
        throw new ArgumentException($"Unknown: {args[0]}");
}

static void Copy(string from, string to)
{
    foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
    {
        var target = Path.Combine(to, Path.GetRelativePath(from, file));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
    }
}

// A lander runs for days: what the JIT does in its first seconds is not what is measured.
static async Task JitAtRestAsync()
{
    for (var (before, now) = (-1L, JitInfo.GetCompiledMethodCount()); before != now; (before, now) = (now, JitInfo.GetCompiledMethodCount())) await Task.Delay(500);
}

static void Print((TimeSpan Time, TimeSpan Processor, long Rows, string More) result)
{
    using var process = Process.GetCurrentProcess();
    Console.WriteLine($"{result.Time.TotalSeconds:0.000} {result.Rows} {process.PeakWorkingSet64 / 1_000_000} {result.Processor.TotalSeconds:0.00} {result.More}");
}
