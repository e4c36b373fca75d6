using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;
using Microsoft.Net.Http.Headers;

namespace Weir.Studio.Hosting;

/// <summary>Serves the files of <c>wwwroot</c>, which the build copies to <c>studio/</c> beside the program.</summary>
internal static class WebFiles
{
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void Map(IEndpointRouteBuilder routes, string folder)
    {
        if (!File.Exists(Path.Combine(folder, "studio.css")))
            throw new WeirException("WEIR9007", $"The Studio's files are not in {folder}. They are copied there by the build; build again, or publish the whole output folder.");
        var files = new PhysicalFileProvider(folder);
        routes.MapGet("/assets/{**path}", (string path, HttpContext http) =>
        {
            var file = files.GetFileInfo(path);
            if (!file.Exists || file.PhysicalPath is null) return Results.NotFound();
            // Asked again each time, and answered 304: a new version of the program is never shown with old files.
            http.Response.Headers.CacheControl = "no-cache";
            var type = Types.TryGetContentType(path, out var known) ? known : "application/octet-stream";
            var tag = new EntityTagHeaderValue($"\"{file.LastModified.UtcTicks:x}-{file.Length:x}\"");
            return Results.File(file.PhysicalPath, type, lastModified: file.LastModified, entityTag: tag, enableRangeProcessing: true);
        });
    }
}
