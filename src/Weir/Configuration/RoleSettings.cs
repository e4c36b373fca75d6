using Weir.Leases;

namespace Weir.Configuration;

/// <summary>The <c>roles</c> of <c>weir.yml</c>: what each process of <c>weir up</c> may use.</summary>
/// <param name="CollectMemory">Resident memory of collect, in bytes.</param>
/// <param name="LandMemory">Of land.</param>
/// <param name="ServeMemory">Of serve, its DuckDB included.</param>
/// <param name="Lease">How long a role may be silent before it is killed and replaced.</param>
internal sealed record RoleSettings(long CollectMemory, long LandMemory, long ServeMemory, TimeSpan Lease)
{
    /// <summary>DuckDB's part of serve's memory; of the rest .NET's heap may take half, and what remains is for code and buffers.</summary>
    private const double WarehousePart = 0.6;

    /// <summary>What DuckDB may use for the warehouse where <c>warehouse.memory_limit</c> does not say it.</summary>
    public long WarehouseMemory => (long)(ServeMemory * WarehousePart);

    public static RoleSettings Read(IReadOnlyList<YamlSection> layers, long? warehouseMemory)
    {
        long Memory(string role, long otherwise)
        {
            var value = otherwise;
            foreach (var section in layers.Reverse().Select(layer => layer.Section(role)).OfType<YamlSection>())
            {
                value = section.Bytes("memory", value);
                section.RejectUnknown();
            }
            return value;
        }

        var serve = Memory("serve", Math.Max(2_000_000_000, (long)((warehouseMemory ?? 0) / WarehousePart)));
        var settings = new RoleSettings(Memory("collect", 512_000_000), Memory("land", 2_000_000_000), serve,
            layers.Reverse().Aggregate(Weir.Leases.Lease.DefaultDuration, (value, layer) => layer.Duration("lease", value)));
        if (layers.Count > 0)
        {
            if (warehouseMemory > serve * 0.8) layers[0].Mistake("serve", $"has a memory of {serve / 1_000_000} MB, but must be at least a quarter more than warehouse.memory_limit, {warehouseMemory / 1_000_000} MB");
            if (settings.Lease < TimeSpan.FromSeconds(1)) layers[0].Mistake("lease", "must be at least 1s");
        }
        return settings;
    }
}
