using System.Net;
using Weir.DuckDb;
using Weir.Sources;

namespace Weir.Configuration;

/// <summary>Reads <c>weir.yml</c>. All mistakes of the file come in one error, each with its line, path, value and what is allowed.</summary>
internal static class ProjectFile
{
    public const string Name = "weir.yml";
    public const string DefaultEnvironment = "local";

    /// <summary>The environment that has people's data.</summary>
    public const string Production = "production";

    private static readonly Dictionary<string, bool> OnOff = new() { ["on"] = true, ["off"] = false };

    /// <summary>Reads the settings of one environment.</summary>
    /// <param name="project">The project's folder.</param>
    /// <param name="environment">The environment; null: <c>local</c>.</param>
    /// <param name="data">The data folder; null: <c>.weir/&lt;environment&gt;</c> in the project.</param>
    public static ProjectSettings Read(string project, string? environment, string? data)
    {
        var folder = Path.GetFullPath(project);
        var file = Path.Combine(folder, Name);
        if (!File.Exists(file))
            throw new WeirException("WEIR1001", $"There is no {Name} in {folder}. Go to a Weir project's folder, or name one with --project DIR.");

        environment ??= DefaultEnvironment;
        var mistakes = new List<string>();
        var root = YamlSection.Load(file, mistakes);
        var environments = root.Section("environments");
        var own = environments?.Section(environment);
        if (own is null && environment != DefaultEnvironment)
        {
            throw new WeirException("WEIR1004",
                $"There is no environment '{environment}' in {file}; declared: {string.Join(", ", (environments?.Keys ?? []).Prepend(DefaultEnvironment).Distinct())}. Name one of these with --env, or declare it under 'environments'.");
        }

        // An environment's section overrides the file's own key by key.
        YamlSection[] Layers(string key) => [.. new[] { own?.Section(key), root.Section(key) }.OfType<YamlSection>()];
        var collect = Layers("collect");
        var journal = Layers("journal");
        var land = Layers("land");
        var lake = Layers("lake");
        var retention = Layers("retention");
        var personal = Layers("personal_data");
        var intake = Layers("intake");
        var warehouse = Layers("warehouse");
        var query = Layers("query");
        var studio = Layers("studio");
        T Setting<T>(YamlSection[] layers, T otherwise, Func<YamlSection, T, T> read) => layers.Reverse().Aggregate(otherwise, (value, layer) => read(layer, value));

        var rolesLayers = Layers("roles");
        long? warehouseMemory = warehouse.Any(s => s.Text("memory_limit") is not null) ? Setting(warehouse, 0L, (s, v) => s.Bytes("memory_limit", v)) : null;
        var roles = RoleSettings.Read(rolesLayers, warehouseMemory);
        var sources = SourcesSection.Read(root);
        var keep = RetentionSection.Read(retention, root, sources, HasObjectLake(root), environment == Production);
        var dataFolder = Path.GetFullPath(data ?? Path.Combine(folder, ".weir", environment));
        var settings = new ProjectSettings
        {
            Name = root.Text("name") ?? Path.GetFileName(folder),
            Folder = folder,
            Environment = environment,
            DataFolder = dataFolder,
            TimeZone = TimeZones.Check(root, "time_zone") ?? "UTC",
            Sources = RetentionSection.Limit(root, sources, keep),
            JournalDiskBudget = Setting(journal, 10_000_000_000L, (s, v) => s.Bytes("disk_budget", v)),
            Journal = KafkaSection.Read(journal, $"weir-{root.Text("name") ?? Path.GetFileName(folder)}-{environment}"),
            LakeFolder = Path.GetFullPath(Setting<string?>(lake, null, (s, v) => s.Text("folder") ?? v) ?? Path.Combine(dataFolder, "lake"), folder),
            LakeKeys = Path.GetFullPath(Setting<string?>(lake, null, (s, v) => s.Text("keys") ?? v) ?? Path.Combine(dataFolder, "keys"), folder),
            TrustedProxies = Setting<IReadOnlyList<IPNetwork>>(collect, [], (s, v) => ReadNetworks(s) is { Count: > 0 } proxies ? proxies : v),
            FastPath = Setting(land, true, (s, v) => s.Choice("fast_path", v, OnOff)),
            CommitBytes = Setting(lake, 128_000_000L, (s, v) => s.Bytes("commit_bytes", v)),
            CommitInterval = Setting(lake, TimeSpan.FromSeconds(10), (s, v) => s.Duration("commit_interval", v)),
            ObjectLake = LakeSection.Read(lake),
            VacuumAfter = Setting(lake, TimeSpan.FromMinutes(15), (s, v) => s.Duration("vacuum_after", v)),
            Retention = keep,
            PersonalData = PersonalSection.Read(personal, environment == Production),
            IntakeStill = Setting(intake, TimeSpan.FromSeconds(10), (s, v) => s.Duration("still", v)),
            WarehouseMemory = warehouseMemory ?? roles.WarehouseMemory,
            Roles = roles,
            // The journal needs the disk more than a query does.
            WarehouseSpill = Setting(warehouse, 20_000_000_000L, (s, v) => s.Bytes("spill_limit", v)),
            Query = new QueryLimits
            {
                Timeout = Setting(query, TimeSpan.FromMinutes(5), (s, v) => s.Duration("timeout", v)),
                MaxRows = Setting(query, 1_000_000L, (s, v) => s.Count("max_rows", v)),
            },
            StudioHosts = Setting<IReadOnlyList<string>>(studio, [], (s, v) => s.Texts("hosts") is { Count: > 0 } hosts ? hosts : v),
        };
        if (settings.Journal.Kafka is null && sources.FirstOrDefault(s => s.Topic is not null) is { } topical)
            root.Section("sources")!.Section(topical.Name)!.Mistake("topic", "names a topic, but there is no journal.kafka that says where it is: brokers, at least");
        foreach (var section in collect.Concat(journal).Concat(land).Concat(lake).Concat(retention).Concat(personal).Concat(intake).Concat(warehouse).Concat(query).Concat(studio).Concat(rolesLayers).Append(own).Append(root)) section?.RejectUnknown();
        if (mistakes.Count > 0)
        {
            throw new WeirException("WEIR1002",
                $"{file} has {(mistakes.Count == 1 ? "a mistake" : $"{mistakes.Count} mistakes")}:{System.Environment.NewLine}"
                + string.Join(System.Environment.NewLine, mistakes.Distinct().Select(m => $"  {m}")));
        }
        return settings;
    }

    private static bool HasObjectLake(YamlSection root) =>
        (root.Section("environments") is { } all ? all.Keys.Select(all.Section) : []).Append(root).Any(s => s?.Section("lake")?.Has("url") == true);

    private static List<IPNetwork> ReadNetworks(YamlSection section)
    {
        var networks = new List<IPNetwork>();
        foreach (var text in section.Texts("trusted_proxies"))
        {
            if (IPNetwork.TryParse(text, out var network)) networks.Add(network);
            else if (IPAddress.TryParse(text, out var one)) networks.Add(new IPNetwork(one, one.GetAddressBytes().Length * 8));
            else section.Mistake("trusted_proxies", $"has '{text}', but must be addresses and networks such as 127.0.0.1 and 10.0.0.0/8");
        }
        return networks;
    }
}
