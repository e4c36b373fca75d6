using System.Text;
using Weir;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var parsed = Cli.Create().Parse(args);
var exitCode = await parsed.InvokeAsync();
return parsed.Errors.Count == 0 ? exitCode : ExitCodes.Usage;
