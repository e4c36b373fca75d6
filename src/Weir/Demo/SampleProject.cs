using Weir.Configuration;

namespace Weir.Demo;

/// <summary>Finds the reference project: in the checkout the program was built from, or beside the program.</summary>
internal static class SampleProject
{
    public static string Find()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var sample = Path.Combine(folder, "samples", "shop");
            if (File.Exists(Path.Combine(sample, ProjectFile.Name))) return sample;
        }
        throw new WeirException("WEIR1013", $"The demo's project 'samples/shop' is neither beside the program ({AppContext.BaseDirectory}) nor above it. Run the demo from a checkout, or name the project with --project.");
    }
}
