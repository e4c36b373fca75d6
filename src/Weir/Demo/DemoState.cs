using System.Text.Json;
using System.Text.Json.Serialization;
using Weir.Generate;
using Weir.Storage;

namespace Weir.Demo;

/// <summary>What a second run needs to go on where the first one was.</summary>
/// <param name="Seed">The shop's seed.</param>
/// <param name="Start">When it opened.</param>
/// <param name="StoryAt">When its story begins.</param>
/// <param name="Delivered">Up to when its traffic has been received.</param>
internal sealed record DemoState(int Seed, DateTimeOffset Start, DateTimeOffset StoryAt, DateTimeOffset Delivered)
{
    public const int Days = 35;
    private const double VisitsForTheStory = 900;

    /// <summary>The model that finds it looks no further back than 18 complete hours.</summary>
    private static readonly TimeSpan LongestStory = TimeSpan.FromHours(17);

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    private static string FileIn(string dataFolder) => Path.Combine(dataFolder, "demo.json");

    [JsonIgnore]
    public ShopOptions Options => new() { Seed = Seed, Start = Start, StoryAt = StoryAt };

    public static DemoState? Read(string dataFolder) =>
        File.Exists(FileIn(dataFolder)) ? JsonSerializer.Deserialize<DemoState>(File.ReadAllText(FileIn(dataFolder))) : null;

    public void Write(string dataFolder, IDisk disk) => disk.WriteWhole(FileIn(dataFolder), JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>A shop whose 35 days end now, and whose story began some hours ago: as many as it takes to tell it from chance.</summary>
    public static DemoState Begin(int seed, DateTimeOffset now)
    {
        var hour = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerHour));
        var start = hour.AddDays(-Days);
        var shop = new Shop(new ShopOptions { Seed = seed, Start = start });
        var story = hour;
        for (var visits = 0.0; visits < VisitsForTheStory && hour - story < LongestStory; visits += shop.ExpectedVisits(story)) story = story.AddHours(-1);
        return new DemoState(seed, start, story, start);
    }
}
