namespace MyriadSync.Contracts.Stores;

/// <summary>The codecs of all stores under one configuration.</summary>
internal interface IRowCodecs
{
    /// <summary>The mappings that they follow.</summary>
    MappingSet Mappings { get; }

    /// <summary>Column families that the mappings name, beside those that every table has.</summary>
    IReadOnlyList<string> Families { get; }

    /// <summary>A store's codec; stores that no mapping names have fields as JSON cells.</summary>
    IRowCodec Of(string store);

    /// <summary>The codecs of other mappings, such as those that an older segment was committed with.</summary>
    /// <exception cref="InvalidDataException">They name a transformer that is not registered any more.</exception>
    IRowCodecs Under(MappingSet mappings);
}
