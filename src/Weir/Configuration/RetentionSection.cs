using Weir.Land.Retaining;
using Weir.Sources;

namespace Weir.Configuration;

/// <summary>The <c>retention</c> of <c>weir.yml</c>, of the project, an environment, or a source: how long what is kept.</summary>
internal static class RetentionSection
{
    /// <param name="layers">The environment's own section first.</param>
    /// <param name="root">The whole file: its sources may have sections of their own.</param>
    /// <param name="sources">The declared sources.</param>
    /// <param name="hasObjectLake">Whether the lake is on an object store, in this environment or another: the sources' own words are the same in all.</param>
    /// <param name="isProduction">Bytes as received are personal data: outside production they are not kept longer than landing needs them, unless something is said.</param>
    public static RetentionRules Read(IReadOnlyList<YamlSection> layers, YamlSection root, IReadOnlyList<SourceDefinition> sources, bool hasObjectLake, bool isProduction)
    {
        var usual = layers.Reverse().Aggregate(new Retention { Raw = isProduction ? new Retention().Raw : TimeSpan.Zero }, (otherwise, section) => Read(section, otherwise, hasObjectLake));
        var own = new Dictionary<string, Retention>(StringComparer.Ordinal);
        foreach (var source in sources)
            if (root.Section("sources")?.Section(source.Name)?.Section("retention") is { } section)
            {
                var said = Read(section, usual, hasObjectLake);
                section.RejectUnknown();
                // Who keeps none in an environment means all sources: theirs are written with production in mind.
                own[source.Name] = usual.Raw == TimeSpan.Zero ? said with { Raw = TimeSpan.Zero } : said;
            }
        return new RetentionRules(usual) { Sources = own };
    }

    /// <summary>Sources whose events may be as old as they are kept, unless they say less: what is older would go as soon as it landed.</summary>
    public static IReadOnlyList<SourceDefinition> Limit(YamlSection root, IReadOnlyList<SourceDefinition> sources, RetentionRules rules)
    {
        foreach (var source in sources.Where(s => s.MaxAge > rules.Of(s.Name).Events))
            root.Section("sources")!.Section(source.Name)!.Mistake("max_age", $"is '{root.Section("sources")!.Section(source.Name)!.Text("max_age")}', but events are kept for {rules.Of(source.Name).Events.TotalDays:0} days: older ones would go as soon as they landed. Say less, or raise retention.events");
        return [.. sources.Select(s => s.Entity is null && s.MaxAge is null ? s with { MaxAge = rules.Of(s.Name).Events } : s)];
    }

    private static Retention Read(YamlSection section, Retention otherwise, bool hasObjectLake)
    {
        var read = new Retention
        {
            Raw = section.Duration("raw", otherwise.Raw), Events = section.Duration("events", otherwise.Events), Quarantine = section.Duration("quarantine", otherwise.Quarantine),
            Tiers = (hasObjectLake ? ReadTiers(section) : null) ?? otherwise.Tiers,
        };
        if (section.Has("tiers") && !hasObjectLake)
            section.Mistake("tiers", "is for a lake in an object store, which has classes; this one lies in files, all of one class. Take it away");
        if (read.Events >= TimeSpan.FromDays(1)) return read;
        section.Mistake("events", $"is '{section.Text("events")}', but must be a day at least: events older than it are removed, and quarantined if they come later");
        return read with { Events = otherwise.Events };
    }

    private static List<Tier>? ReadTiers(YamlSection section)
    {
        if (section.Section("tiers") is not { } tiers) return null;
        foreach (var wrong in tiers.Keys.Except(LakeSection.Classes)) tiers.Mistake(wrong, $"is no storage class that is read at once: {string.Join(", ", LakeSection.Classes)}");
        return [.. tiers.Keys.Select(name => new Tier(name, tiers.Duration(name, TimeSpan.Zero)))];
    }
}
