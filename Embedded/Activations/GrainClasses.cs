using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Story.Embedded;

/// <summary>Every grain class of the application, found in the assemblies beside it and not by references: a host may name none.</summary>
internal sealed class GrainClasses
{
    private static readonly Lazy<IReadOnlyList<Type>> s_found = new(Scan);
    private readonly Dictionary<Type, List<GrainClass>> _byInterface = [];
    private readonly Dictionary<GrainType, GrainClass> _byName = [];

    /// <exception cref="OrleansConfigurationException">Two classes share a name, or an interface cannot be called.</exception>
    public GrainClasses(IEnumerable<Type> classes)
    {
        foreach (var type in classes)
        {
            var grain = new GrainClass(type);
            if (!_byName.TryAdd(grain.Name, grain))
            {
                throw new OrleansConfigurationException($"{type} and {_byName[grain.Name].Type} would both be grain type \"{grain.Name}\"; rename one.");
            }

            foreach (var @interface in grain.Interfaces)
            {
                GrainMethod.CheckAll(@interface);
                (_byInterface.TryGetValue(@interface, out var implementing) ? implementing : _byInterface[@interface] = []).Add(grain);
            }
        }
    }

    /// <summary>The grain classes of every assembly in the application's folder.</summary>
    public static IReadOnlyList<Type> Found => s_found.Value;

    /// <exception cref="ArgumentException">No class implements the interface, or several do.</exception>
    public GrainClass Implementing(Type @interface)
    {
        if (!_byInterface.TryGetValue(@interface, out var classes))
        {
            throw new ArgumentException($"Could not find an implementation for interface {@interface}", nameof(@interface));
        }

        return classes.Count == 1
            ? classes[0]
            : throw new ArgumentException($"Unable to identify a single appropriate grain type for interface {@interface}. Candidates: {string.Join(", ", classes.Select(candidate => candidate.Type))}", nameof(@interface));
    }

    public GrainClass Named(GrainType name) => _byName.TryGetValue(name, out var grain) ? grain : throw new ArgumentException($"There is no grain class \"{name}\".", nameof(name));

    public static bool IsGrainInterface(Type type)
        => type.IsInterface && typeof(IGrain).IsAssignableFrom(type) && type != typeof(IGrain) && type != typeof(IGrainWithGuidKey) && type != typeof(IGrainWithStringKey);

    private static List<Type> Scan()
    {
        var engine = typeof(GrainClasses).Assembly.GetName().Name!;
        // What lies in the folder may belong to another program, such as one that starts this one from its own folder.
        var own = (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "").Split(Path.PathSeparator).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var names = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Where(path => own.Contains(Path.GetFileName(path)) && References(path, engine))
            .Select(Path.GetFileNameWithoutExtension).ToHashSet(StringComparer.Ordinal);
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic && assembly.GetReferencedAssemblies().Any(reference => string.Equals(reference.Name, engine, StringComparison.Ordinal)));
        return [.. loaded.Concat(names.Select(name => Assembly.Load(name!))).Distinct().SelectMany(assembly => assembly.GetTypes()).Where(IsGrainClass)];
    }

    // A private nested class is nobody's grain: Orleans's generated code could not name it either.
    private static bool IsGrainClass(Type type)
        => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false } && typeof(IGrain).IsAssignableFrom(type) && !typeof(GrainReference).IsAssignableFrom(type) && !IsPrivate(type);

    private static bool IsPrivate(Type? type) => type is not null && (type.IsNestedPrivate || IsPrivate(type.DeclaringType));

    private static bool References(string path, string engine)
    {
        using var file = File.OpenRead(path);
        using var image = new PEReader(file);
        if (!image.HasMetadata)
        {
            return false;
        }

        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(reference => metadata.StringComparer.Equals(metadata.GetAssemblyReference(reference).Name, engine));
    }
}
