using System.Globalization;
using Weir.Generate;

// Writes DAYS of a shop's history, less the last twelve hours, and the three hours after it: DAYS VISITS-A-DAY FOLDER.
var (days, visits, folder) = (int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture), args[2]);
var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
var shop = new Shop(new ShopOptions { Seed = 3, Start = start, VisitsPerDay = visits, People = Math.Max(3_000, visits * 3) });
var noon = start.AddDays(days).AddHours(-12); // no gap before the new hours: an order that was clicked before it would never come
Write("history", start, noon);
foreach (var source in Shop.Offices)
{
    // One file a source: of a CSV the header stands once.
    var exports = Enumerable.Range(0, days).Select(day => shop.DailyExport(source, new DateOnly(2026, 3, 1).AddDays(day))).Where(export => export.Length > 0);
    using var file = File.Create(Path.Combine(folder, "history", $"{source}.{(source == "operations" ? "csv" : "ndjson")}"));
    foreach (var export in exports) file.Write(export.AsSpan(source == "operations" && file.Length > 0 ? export.AsSpan().IndexOf((byte)'\n') + 1 : 0));
}
for (var hour = 0; hour < 3; hour++)
    Write($"hour-{hour + 1}", noon.AddHours(hour), noon.AddHours(hour + 1));

// Day by day: a month of ten million events is more than one array holds.
void Write(string name, DateTimeOffset from, DateTimeOffset to)
{
    Directory.CreateDirectory(Path.Combine(folder, name));
    var files = new[] { "web", "mobile", "orders" }.Select(source => (source, File.Create(Path.Combine(folder, name, $"{source}.ndjson")))).ToList();
    for (var day = from; day < to; day = day.AddDays(1))
    {
        foreach (var (source, file) in files) file.Write(shop.Export(source, day, day.AddDays(1) < to ? day.AddDays(1) : to).Content);
    }
    foreach (var (_, file) in files) file.Dispose();
}
