-- What people are called, by language. The order of the parts is the language's own.
create temp table demo_name on commit preserve rows as
select *
from (
    values
    ('vi',
        array['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi',
            'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Đinh', 'Trịnh', 'Mai', 'Tạ'],
        array['Thị Lan', 'Minh Anh', 'Thu Trang', 'Ngọc Mai', 'Thanh Hương', 'Quỳnh Như',
            'Bảo Ngọc', 'Hồng Nhung', 'Khánh Linh', 'Mỹ Linh', 'Phương Anh', 'Thùy Dung',
            'Văn Hùng', 'Quốc Bảo', 'Minh Tuấn', 'Hoàng Nam', 'Đức Thắng', 'Gia Huy', 'Anh Dũng',
            'Hải Yến', 'Diễm My', 'Kim Oanh', 'Tuyết Mai', 'Cẩm Tú', 'Xuân Trường', 'Thành Đạt'],
        array['Quận 1, TP. Hồ Chí Minh', 'Quận 3, TP. Hồ Chí Minh', 'Quận 7, TP. Hồ Chí Minh',
            'Thủ Đức, TP. Hồ Chí Minh', 'Hoàn Kiếm, Hà Nội', 'Cầu Giấy, Hà Nội',
            'Ba Đình, Hà Nội', 'Hải Châu, Đà Nẵng', 'Ninh Kiều, Cần Thơ', 'Biên Hòa, Đồng Nai'],
        array['Nguyễn Huệ', 'Lê Lợi', 'Trần Hưng Đạo', 'Hai Bà Trưng', 'Điện Biên Phủ',
            'Phan Chu Trinh', 'Lý Tự Trọng'],
        'VN'),
    ('en',
        array['Smith', 'Johnson', 'Williams', 'Brown', 'Garcia', 'Miller', 'Davis', 'Martinez',
            'Lopez', 'Wilson', 'Anderson', 'Taylor', 'Moore', 'Jackson', 'Lee', 'Clark', 'Walker',
            'Young', 'Nguyen', 'Patel', 'Kim', 'O''Brien', 'Sullivan', 'Rossi', 'Cohen', 'Murphy'],
        array['Olivia', 'Emma', 'Charlotte', 'Amelia', 'Sophia', 'Isabella', 'Ava', 'Mia',
            'Evelyn', 'Harper', 'Grace', 'Chloe', 'Hannah', 'Zoe', 'Liam', 'Noah', 'James',
            'Oliver', 'William', 'Henry', 'Lucas', 'Jack', 'Daniel', 'Matthew', 'Samuel', 'Priya',
            'Wei', 'Fatima'],
        array['New York, NY', 'Brooklyn, NY', 'Boston, MA', 'Hoboken, NJ', 'Stamford, CT',
            'Philadelphia, PA', 'Chicago, IL', 'Los Angeles, CA', 'Washington, DC',
            'Providence, RI'],
        array['Maple Avenue', 'Oak Street', 'Park Avenue', 'Washington Street', 'Elm Street',
            'High Street', 'Lakeview Drive'],
        'US'),
    ('fr',
        array['Martin', 'Bernard', 'Thomas', 'Petit', 'Robert', 'Richard', 'Durand', 'Dubois',
            'Moreau', 'Laurent', 'Simon', 'Michel', 'Lefebvre', 'Leroy', 'Roux', 'David',
            'Bertrand', 'Morel', 'Fournier', 'D''Almeida', 'Benali', 'Nguyen'],
        array['Emma', 'Louise', 'Jade', 'Alice', 'Chloé', 'Inès', 'Camille', 'Manon', 'Zoé',
            'Anaïs', 'Hélène', 'Marie', 'Gabriel', 'Raphaël', 'Louis', 'Jules', 'Arthur', 'Hugo',
            'Paul', 'Nathan', 'Théo', 'François', 'Benoît', 'Jérôme'],
        array['75001 Paris', '75008 Paris', '75016 Paris', '92200 Neuilly-sur-Seine',
            '69002 Lyon', '13006 Marseille', '33000 Bordeaux', '59000 Lille', '31000 Toulouse',
            '67000 Strasbourg'],
        array['rue de Rivoli', 'avenue Foch', 'rue Victor-Hugo', 'boulevard Voltaire',
            'rue des Lilas', 'rue de la République', 'place des Vosges'],
        'FR')
) as names (language, families, given, towns, streets, country);

-- Australia shares the names, not the towns.
insert into demo_name
select 'au', families, given,
    array['Sydney NSW 2000', 'Paddington NSW 2021', 'Parramatta NSW 2150', 'Melbourne VIC 3000',
        'Brisbane QLD 4000', 'Newcastle NSW 2300', 'Canberra ACT 2601', 'Perth WA 6000',
        'Hobart TAS 7000', 'Adelaide SA 5000'],
    streets, 'AU'
from demo_name
where language = 'en';
