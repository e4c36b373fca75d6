using System.Diagnostics.CodeAnalysis;

[assembly: SuppressMessage("Design", "CA1010", Scope = "module", Justification = "ADO.NET's base classes are collections without a type")]
